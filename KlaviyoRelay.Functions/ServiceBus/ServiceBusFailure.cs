using Azure.Identity;
using Azure.Messaging.ServiceBus;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>What a failure of Service Bus means and what to do about it.</summary>
internal static class ServiceBusFailure
{
    /// <summary>Null for what is no outage but a bug.</summary>
    public static string? Explain(string queue, Exception exception) => Explain(queue, exception, ServiceBusCaller.App);

    /// <summary>As above, in words for the caller.</summary>
    public static string? Explain(string queue, Exception exception, ServiceBusCaller caller) => exception switch
    {
        ServiceBusException failure => Explain(queue, failure.Reason, caller),
        UnauthorizedAccessException => $"{caller.Refused} {queue}: {caller.Roles}.",
        AuthenticationFailedException => $"{caller.NotSignedIn} {queue}: {caller.SignIn}.",
        // Azure.Core's and the SDK's own timeouts, refused and broken connections.
        OperationCanceledException or TimeoutException or IOException or System.Net.Sockets.SocketException => Silent(queue, exception.GetType().Name, caller),
        AggregateException many when many.InnerExceptions.All(inner => Explain(queue, inner, caller) is not null) => Explain(queue, many.InnerExceptions[0], caller),
        _ => null,
    };

    private static string Explain(string queue, ServiceBusFailureReason reason, ServiceBusCaller caller) => reason switch
    {
        ServiceBusFailureReason.MessagingEntityNotFound or ServiceBusFailureReason.MessagingEntityDisabled =>
            $"Service Bus has no {queue} that takes messages ({reason}): create or enable it, or correct {caller.Address}.",
        ServiceBusFailureReason.QuotaExceeded => $"{queue} is full ({reason}): make room, or give it a larger size.",
        ServiceBusFailureReason.MessageSizeExceeded => $"A message is larger than {queue} takes ({reason}).",
        ServiceBusFailureReason.ServiceBusy => $"Service Bus throttled {queue} ({reason}): it passes by itself; if it comes often, give the namespace a higher tier.",
        _ => Silent(queue, $"{reason}", caller),
    };

    private static string Silent(string queue, string what, ServiceBusCaller caller) =>
        $"Service Bus does not answer for {queue} ({what}): check {caller.Address}, the network and {caller.Identity}; if it lasts, look at the namespace's resource health in the Azure portal.";
}
