namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>
/// Why Service Bus puts a message away by itself
/// (https://learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues).
/// </summary>
internal static class PutAwayReasons
{
    public static IReadOnlyList<string> Names { get; } = ["MaxDeliveryCountExceeded", "TTLExpiredException", "HeaderSizeExceeded", "MaxTransferHopCountExceeded"];
}
