using Azure.Core;
using Azure.Core.Extensions;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>Adds Service Bus as the relay's queue.</summary>
internal static class ServiceBusServiceCollectionExtensions
{
    private const string NamespaceSetting = $"{QueueNames.Connection}:fullyQualifiedNamespace";
    private const string Emulator = "UseDevelopmentEmulator=true";

    public static IServiceCollection AddServiceBusQueue(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => AzureCredential.Create(configuration));
        services.AddAzureClients(clients =>
        {
            clients.UseCredential(provider => provider.GetRequiredService<TokenCredential>());
            AddClient(clients, configuration).ConfigureOptions(TryBriefly);
        });
        return services.AddSingleton<IEventQueue, ServiceBusQueue>();
    }

    // A key is for the emulator alone, whose key is known to all.
    private static IAzureClientBuilder<ServiceBusClient, ServiceBusClientOptions> AddClient(AzureClientFactoryBuilder clients, IConfiguration configuration)
    {
        if (configuration.GetSection(QueueNames.Connection).Value is { } connection && connection.Contains(Emulator, StringComparison.OrdinalIgnoreCase))
        {
            return clients.AddServiceBusClient(connection);
        }

        if (configuration[NamespaceSetting] is { } fullyQualifiedNamespace && Uri.CheckHostName(fullyQualifiedNamespace) == UriHostNameType.Dns)
        {
            return clients.AddServiceBusClientWithNamespace(fullyQualifiedNamespace);
        }

        // Without the value: in the place of the namespace there may be a connection string, with a key.
        throw new OptionsValidationException(
            QueueNames.Connection,
            typeof(ServiceBusQueue),
            [$"{QueueNames.Connection}__fullyQualifiedNamespace is missing or not a host name: it should be the namespace's host, such as relay.servicebus.windows.net."]);
    }

    // A helpdesk is waiting for its answer.
    private static void TryBriefly(ServiceBusClientOptions options) => options.RetryOptions = new ServiceBusRetryOptions
    {
        MaxRetries = 2,
        Delay = TimeSpan.FromMilliseconds(200),
        MaxDelay = TimeSpan.FromSeconds(1),
        TryTimeout = TimeSpan.FromSeconds(3),
    };
}
