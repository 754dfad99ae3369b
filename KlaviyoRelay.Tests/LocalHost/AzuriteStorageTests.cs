using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.LocalHost;
using KlaviyoRelay.LocalHost.Azurite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.LocalHost;

public sealed class AzuriteStorageTests
{
    private const string Account = "AccountName=relay;AccountKey=c2VjcmV0";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", true)]
    [InlineData($"{Account}", true)]
    [InlineData($"{Account};QueueEndpoint=http://localhost:1/relay;BlobEndpoint=http://localhost:2/relay/", true)]
    [InlineData($"{Account};BlobEndpoint=http://localhost:2/relay", true)]
    [InlineData($"{Account};QueueEndpoint=http://localhost:1/relay", false)]
    public void Blobs_are_known_unless_only_the_queues_address_is_named(string connectionString, bool expected)
    {
        AzuriteStorage.ConnectionString(Configuration(connectionString)).ShouldBe(connectionString);
        AzuriteStorage.HasBlobs(connectionString).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("AccountName=relay;AccountKey=no-base64!")]
    [InlineData("AccountKey=c2VjcmV0")]
    public void Start_stops_and_names_the_setting_when_it_is_no_connection_string(string? connectionString)
    {
        var exception = Should.Throw<OptionsValidationException>(() => AzuriteStorage.ConnectionString(Configuration(connectionString)));

        exception.Message.ShouldStartWith("AzureWebJobsStorage is missing or wrong");
        exception.ToString().ShouldNotContain("c2VjcmV0");
        exception.ToString().ShouldNotContain("no-base64");
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
        .AddLocalHost(Configuration(connectionString))
        .BuildServiceProvider();

    private static IConfiguration Configuration(string? connectionString) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(AzuriteStorage.Setting, connectionString)]).Build();
}
