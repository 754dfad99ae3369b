using Azure.Core;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions.Storage;

public sealed class BlobSettingsTests
{
    [Theory]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "https://relay.blob.core.windows.net/")]
    [InlineData("AzureWebJobsStorage:accountName", "relay")]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true")]
    public void Marks_are_blobs_when_the_hosts_storage_is_set(string setting, string value)
    {
        using var services = Services((setting, value));

        services.GetRequiredService<IRecoveryMarkStore>().ShouldBeOfType<BlobRecoveryMarkStore>();
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "AccountName=relay;AccountKey=c2VjcmV0")]
    [InlineData("AzureWebJobsStorage:accountName", "")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "relay")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "http://relay.blob.core.windows.net/")]
    public async Task Recovery_says_what_to_set_and_the_start_goes_on_when_the_hosts_storage_has_no_address(string setting, string value)
    {
        using var services = Services((setting, value));
        var store = services.GetRequiredService<IRecoveryMarkStore>();

        var exception = await Should.ThrowAsync<RecoveryMarkUnavailableException>(() => store.ReadAsync("gladly", TestContext.Current.CancellationToken));

        exception.Message.ShouldStartWith("AzureWebJobsStorage__blobServiceUri is missing or wrong: ");
    }

    private static ServiceProvider Services((string Setting, string Value) one) => new ServiceCollection()
        .AddSingleton<TokenCredential>(new StorageCredential())
        .AddBlobs(new ConfigurationBuilder().AddInMemoryCollection([new(one.Setting, one.Value)]).Build())
        .BuildServiceProvider();
}
