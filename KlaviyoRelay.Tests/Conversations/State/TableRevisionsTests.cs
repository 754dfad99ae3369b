using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Functions.Storage;

namespace KlaviyoRelay.Tests.Conversations.State;

/// <summary>Against the tables of a real Azurite.</summary>
[Trait("Takes", "programs")]
public sealed class TableRevisionsTests(TableConversationStoreTests.Azurite azurite) : RecordedRevisionsSuite, IClassFixture<TableConversationStoreTests.Azurite>
{
    private protected override IConversationStore Store() => new TableConversationStore(azurite.Service);
}
