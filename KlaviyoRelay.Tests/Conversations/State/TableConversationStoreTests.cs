using Azure.Data.Tables;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions.Storage;

namespace KlaviyoRelay.Tests.Conversations.State;

/// <summary>Against the tables of a real Azurite.</summary>
[Trait("Takes", "programs")]
public sealed class TableConversationStoreTests(TableConversationStoreTests.Azurite azurite) : ConversationStoreSuite, IClassFixture<TableConversationStoreTests.Azurite>
{
    [Fact]
    public async Task Store_that_is_away_says_what_to_look_at()
    {
        var client = new TableServiceClient(new Uri($"http://127.0.0.1:{Repository.FreePort()}/devstoreaccount1"), new TableSharedKeyCredential("devstoreaccount1", "a2V5"), Quick());

        var exception = await Should.ThrowAsync<ConversationStoreException>(
            () => new TableConversationStore(client).ReadAsync("desk-1", TestContext.Current.CancellationToken));

        exception.IsProvisioned.ShouldBeTrue();
        exception.Message.ShouldContain("does not answer");
    }

    [Fact]
    public async Task Store_that_refuses_the_relay_is_not_provisioned()
    {
        // Azurite answers 403 to a signature with a wrong key.
        var client = new TableServiceClient(azurite.Tables, new TableSharedKeyCredential("devstoreaccount1", "d3Jvbmcta2V5"), Quick());

        var exception = await Should.ThrowAsync<ConversationStoreException>(
            () => new TableConversationStore(client).ReadAsync("desk-1", TestContext.Current.CancellationToken));

        exception.IsProvisioned.ShouldBeFalse();
        exception.Message.ShouldContain("Storage Table Data Contributor");
    }

    private protected override Task<IConversationStore> StoreAsync() => Task.FromResult<IConversationStore>(new TableConversationStore(azurite.Service));

    private static TableClientOptions Quick()
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        return options;
    }

    public sealed class Azurite : IAsyncLifetime
    {
        private readonly RelayStack _stack = new();

        public Uri Tables => Service.Uri;

        public TableServiceClient Service => new(_stack.Settings["AzureWebJobsStorage"]);

        public async ValueTask InitializeAsync() => await _stack.StartAzuriteAsync(CancellationToken.None);

        public ValueTask DisposeAsync() => _stack.DisposeAsync();
    }
}
