using System.Text;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>A message that Service Bus has put away in a queue's own dead-letter queue. It may hold anything; the content is null when no event can be read.</summary>
internal sealed record PutAwayMessage(string Queue, ILetterMessage Message, QueuedWork? Content, ServiceBusReceivedMessage Received) : FoundMessage(Queue, Message)
{
    private const string NoReason = "unknown";

    /// <summary>Why Service Bus does so by itself (https://learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues).</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["MaxDeliveryCountExceeded", "TTLExpiredException", "HeaderSizeExceeded", "MaxTransferHopCountExceeded"];

    /// <summary>The event's id. What can't be read has its message's id, or its number where it has none.</summary>
    public override string Id => Content?.Message.Id ?? (string.IsNullOrEmpty(Received.MessageId) ? $"{Received.SequenceNumber}" : Received.MessageId);

    /// <summary>As Service Bus says it, such as <c>MaxDeliveryCountExceeded</c>.</summary>
    public override string Reason => string.IsNullOrEmpty(Received.DeadLetterReason) ? NoReason : Received.DeadLetterReason;

    public override RelayMessage? Work => Content?.Message;

    /// <summary>When it came to its queue: Service Bus does not say when it put it away.</summary>
    public override DateTimeOffset Time => Received.EnqueuedTime;

    public long Size => MessageBody.Size(Received);
}

/// <summary>The body of a message from any sender. The relay sends bytes. Other senders may send an AMQP value.</summary>
internal static class MessageBody
{
    public static string Text(ServiceBusReceivedMessage message) => string.Concat(Parts(message).Select(part => Encoding.UTF8.GetString(part.Span)));

    /// <summary>In bytes; 0 when it is no bytes.</summary>
    public static long Size(ServiceBusReceivedMessage message) => Parts(message).Sum(part => (long)part.Length);

    private static IEnumerable<ReadOnlyMemory<byte>> Parts(ServiceBusReceivedMessage message) =>
        message.GetRawAmqpMessage().Body.TryGetData(out var parts) && parts is not null ? parts : [];
}
