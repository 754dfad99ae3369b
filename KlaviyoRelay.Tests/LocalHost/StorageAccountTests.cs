using KlaviyoRelay.Core.Recovery;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.LocalHost;
using KlaviyoRelay.LocalHost.Azurite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.LocalHost;

public sealed class StorageAccountTests
{
    private const string Account = "AccountName=relay;AccountKey=c2VjcmV0";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10001/devstoreaccount1/", "http://127.0.0.1:10000/devstoreaccount1/")]
    [InlineData($"{Account}", "https://relay.queue.core.windows.net/", "https://relay.blob.core.windows.net/")]
    [InlineData($"{Account};EndpointSuffix=core.chinacloudapi.cn", "https://relay.queue.core.chinacloudapi.cn/", "https://relay.blob.core.chinacloudapi.cn/")]
    [InlineData($"{Account};QueueEndpoint=http://localhost:1/relay;BlobEndpoint=http://localhost:2/relay/", "http://localhost:1/relay/", "http://localhost:2/relay/")]
    [InlineData($"{Account};BlobEndpoint=http://localhost:2/relay", "https://relay.queue.core.windows.net/", "http://localhost:2/relay/")]
    [InlineData($"{Account};QueueEndpoint=http://localhost:1/relay", "http://localhost:1/relay/", null)]
    [InlineData($"{Account};QueueEndpoint=http://localhost:1/relay;BlobEndpoint=nowhere", "http://localhost:1/relay/", null)]
    public void Connection_string_says_where_queues_and_blobs_are(string connectionString, string queues, string? blobs)
    {
        var account = StorageAccount.Parse(connectionString).ShouldNotBeNull();

        account.QueueEndpoint.AbsoluteUri.ShouldBe(queues);
        account.BlobEndpoint?.AbsoluteUri.ShouldBe(blobs);
        (account.BlobEndpoint is null).ShouldBe(blobs is null);
    }

    [Fact]
    public void Marks_are_blobs_when_the_connection_string_says_where_blobs_are()
    {
        using var services = Services("UseDevelopmentStorage=true");

        services.GetRequiredService<IRecoveryMarkStore>().ShouldBeOfType<BlobRecoveryMarkStore>();
    }

    [Fact]
    public async Task Recovery_says_what_to_set_and_the_start_goes_on_when_only_the_queues_are_set()
    {
        using var services = Services($"{Account};QueueEndpoint=http://localhost:1/relay");
        var store = services.GetRequiredService<IRecoveryMarkStore>();

        var exception = await Should.ThrowAsync<RecoveryMarkUnavailableException>(() => store.ReadAsync("gladly", TestContext.Current.CancellationToken));

        exception.Message.ShouldContain("BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1");
        exception.Message.ShouldNotContain("c2VjcmV0");
    }

    private static ServiceProvider Services(string connectionString) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddLocalHost(new ConfigurationBuilder().AddInMemoryCollection([new(StorageAccount.Setting, connectionString)]).Build())
        .BuildServiceProvider();
}
