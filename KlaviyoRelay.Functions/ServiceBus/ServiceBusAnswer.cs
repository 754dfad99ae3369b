namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>What an answer of Service Bus means and what to do about it.</summary>
internal static class ServiceBusAnswer
{
    private const string SenderRole = "Azure Service Bus Data Sender";

    public static string Explain(string queue, int status) => status switch
    {
        401 => $"Service Bus refused the relay's sign-in for {queue} (401): check AZURE_CLIENT_ID, and that this identity has the role {SenderRole}.",
        403 => $"Service Bus did not take a message for {queue} (403): give the app's identity the role {SenderRole}, or make room if the queue is full.",
        404 or 410 => $"Service Bus has no {queue} ({status}): create it, or correct ServiceBusConnection__fullyQualifiedNamespace.",
        429 => $"Service Bus throttled {queue} (429): it passes by itself; if it comes often, give the namespace a higher tier.",
        >= 500 => $"Service Bus failed for {queue} ({status}): if it lasts, look at the namespace's resource health in the Azure portal.",
        _ => $"Service Bus answered {status} for {queue}, which is not what it answers to a send: check ServiceBusConnection__fullyQualifiedNamespace.",
    };
}
