using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>A Service Bus namespace as an operator reaches it: by the own sign-in.</summary>
internal static class ServiceBusNamespace
{
    public const string Form = "the namespace's host, such as relay.servicebus.windows.net";

    private const string Emulator = "UseDevelopmentEmulator=true";

    public static bool IsHost(string text) => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 && (text.Contains('.') || text == "localhost");

    /// <summary>Connects when the first letter is asked for. The setting <c>ServiceBusConnection</c> of an emulator at this host gives the key.</summary>
    public static ServiceBusClient Connect(string host, IConfiguration settings)
    {
        var options = new ServiceBusClientOptions
        {
            RetryOptions = new ServiceBusRetryOptions { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(200), TryTimeout = TimeSpan.FromSeconds(20) },
        };
        return settings.GetSection(QueueNames.Connection).Value is { } connection && connection.Contains(Emulator, StringComparison.OrdinalIgnoreCase)
            && ServiceBusConnectionStringProperties.Parse(connection).FullyQualifiedNamespace == host
                ? new ServiceBusClient(connection, options)
                : new ServiceBusClient(host, AzureCredential.OfDeveloper(), options);
    }
}
