using Azure.Core;
using KlaviyoRelay.Core;
using KlaviyoRelay.Functions;
using KlaviyoRelay.Functions.ServiceBus;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.Tests.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Functions;

/// <summary>A cold start: a helpdesk's webhook waits for it.</summary>
public sealed class StartTests
{
    private static readonly (string Name, string? Value)[] OnAzure =
    [
        ("KeyVault__Uri", "https://kv.vault.azure.test/"),
        ("ServiceBusConnection__fullyQualifiedNamespace", "sb.servicebus.azure.test"),
        ("AzureWebJobsStorage__blobServiceUri", "https://st.blob.azure.test/"),
    ];

    [Fact]
    public async Task Start_signs_in_nowhere_and_asks_nobody()
    {
        var configuration = TestSettings.With(OnAzure);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TokenCredential>(new NoCredential())
            .AddKlaviyoRelay(configuration)
            .AddServiceBusQueue(configuration)
            .AddBlobs(configuration)
            .AddSingleton<RecordRequests>()
            .AddSingleton<CampaignRequests>()
            .ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => new NoRequests()))
            .BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();

        // What the worker makes for the first invocation of each function.
        foreach (var function in FunctionMethods.All.Select(FunctionMethods.ClassOf))
        {
            ActivatorUtilities.CreateInstance(services, function).ShouldNotBeNull();
        }
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The start signs in.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The start signs in.");
    }

    private sealed class NoRequests : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The start sends a request.");
    }
}
