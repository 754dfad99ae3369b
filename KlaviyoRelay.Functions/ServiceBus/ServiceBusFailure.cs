using Azure.Identity;
using Azure.Messaging.ServiceBus;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>What a failure of Service Bus means and what to do about it.</summary>
internal static class ServiceBusFailure
{
    private const string Role = "Azure Service Bus Data Sender";

    /// <summary>Null for what is no outage but a bug.</summary>
    public static string? Explain(string queue, Exception exception) => exception switch
    {
        ServiceBusException failure => Explain(queue, failure.Reason),
        UnauthorizedAccessException => $"Service Bus let the relay send nothing to {queue}: give the app's identity the role {Role}.",
        AuthenticationFailedException => $"The relay can't sign in to Service Bus for {queue}: check AZURE_CLIENT_ID, and that this identity has the role {Role}.",
        // Azure.Core's and the SDK's own timeouts, refused and broken connections.
        OperationCanceledException or TimeoutException or IOException or System.Net.Sockets.SocketException => Silent(queue, exception.GetType().Name),
        AggregateException many when many.InnerExceptions.All(inner => Explain(queue, inner) is not null) => Explain(queue, many.InnerExceptions[0]),
        _ => null,
    };

    private static string Explain(string queue, ServiceBusFailureReason reason) => reason switch
    {
        ServiceBusFailureReason.MessagingEntityNotFound or ServiceBusFailureReason.MessagingEntityDisabled =>
            $"Service Bus has no {queue} that takes messages ({reason}): create or enable it, or correct ServiceBusConnection__fullyQualifiedNamespace.",
        ServiceBusFailureReason.QuotaExceeded => $"{queue} is full ({reason}): make room, or give it a larger size.",
        ServiceBusFailureReason.MessageSizeExceeded => $"A message is larger than {queue} takes ({reason}).",
        ServiceBusFailureReason.ServiceBusy => $"Service Bus throttled {queue} ({reason}): it passes by itself; if it comes often, give the namespace a higher tier.",
        _ => Silent(queue, $"{reason}"),
    };

    private static string Silent(string queue, string what) =>
        $"Service Bus does not answer for {queue} ({what}): check ServiceBusConnection__fullyQualifiedNamespace, the network and AZURE_CLIENT_ID; if it lasts, look at the namespace's resource health in the Azure portal.";
}
