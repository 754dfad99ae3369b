using Azure.Storage.Blobs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions.Storage;

namespace KlaviyoRelay.Tests.Records.Storage;

/// <summary>The store on Azurite's blobs.</summary>
[Trait("Takes", "programs")]
public sealed class BlobRecordStoreTests(BlobRecordStoreTests.Azurite azurite) : RecordStoreSuite, IClassFixture<BlobRecordStoreTests.Azurite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_that_is_away_says_what_to_look_at()
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 0;
        var store = new BlobRecordStore(new BlobServiceClient(azurite.Connection.Replace($":{azurite.Blobs.Port}/", $":{Repository.FreePort()}/", StringComparison.Ordinal), options));

        var read = await Should.ThrowAsync<RecordStoreException>(() => store.ReadAsync("runs/x", Cancellation));
        using var content = new MemoryStream([1]);
        await Should.ThrowAsync<RecordStoreException>(() => store.WriteAsync("runs/x", content, Cancellation));

        read.Message.ShouldContain("AzureWebJobsStorage");
    }

    private protected override Task<IRecordStore> StoreAsync() => Task.FromResult<IRecordStore>(new BlobRecordStore(new BlobServiceClient(azurite.Connection)));

    public sealed class Azurite : IAsyncLifetime
    {
        private readonly RelayStack _stack = new();

        public string Connection => _stack.Settings["AzureWebJobsStorage"];

        public Uri Blobs => new BlobServiceClient(Connection).Uri;

        public async ValueTask InitializeAsync() => await _stack.StartAzuriteAsync(CancellationToken.None);

        public ValueTask DisposeAsync() => _stack.DisposeAsync();
    }
}
