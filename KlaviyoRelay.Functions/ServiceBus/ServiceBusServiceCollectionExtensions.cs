using Azure.Core;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>Adds Service Bus as the relay's queue.</summary>
internal static class ServiceBusServiceCollectionExtensions
{
    private const string NamespaceSetting = $"{QueueNames.Connection}:fullyQualifiedNamespace";

    public static IServiceCollection AddServiceBusQueue(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[NamespaceSetting] is not { } fullyQualifiedNamespace || Uri.CheckHostName(fullyQualifiedNamespace) != UriHostNameType.Dns)
        {
            // Without the value: whoever mistakes it for a connection string has put a key there.
            throw new OptionsValidationException(
                QueueNames.Connection,
                typeof(ServiceBusRestQueue),
                [$"{QueueNames.Connection}__fullyQualifiedNamespace is missing or not a host name: it should be the namespace's host, such as relay.servicebus.windows.net."]);
        }

        services.TryAddSingleton<TokenCredential>(_ => AzureCredential.Create(configuration));
        return services.AddSingleton<IEventQueue>(provider =>
            new ServiceBusRestQueue(fullyQualifiedNamespace, provider.GetRequiredService<TokenCredential>()));
    }
}
