using KlaviyoRelay.Core.Conversations.State;

namespace KlaviyoRelay.Tests.Conversations.State;

public sealed class InMemoryConversationStoreTests : ConversationStoreSuite
{
    private readonly InMemoryConversationStore _store = new();

    private protected override Task<IConversationStore> StoreAsync() => Task.FromResult<IConversationStore>(_store);
}
