using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.ServiceBus;

/// <summary>A message that Service Bus has put away in a queue's own dead-letter queue. It may hold anything.</summary>
/// <param name="Queue">The dead-letter queue's path.</param>
/// <param name="Message">What can be done with it.</param>
/// <param name="Content">The event in it; null when it can't be read.</param>
/// <param name="Received">The message as Service Bus has it.</param>
internal sealed record PutAwayMessage(string Queue, ILetterMessage Message, QueuedEvent? Content, ServiceBusReceivedMessage Received) : FoundMessage(Queue, Message)
{
    private const string NoReason = "unknown";

    /// <summary>The event's id. What can't be read has its message's id, or its number where it has none.</summary>
    public override string Id => Content?.Event.Id ?? (string.IsNullOrEmpty(Received.MessageId) ? $"{Received.SequenceNumber}" : Received.MessageId);

    /// <summary>As Service Bus says it, such as <c>MaxDeliveryCountExceeded</c>.</summary>
    public override string Reason => string.IsNullOrEmpty(Received.DeadLetterReason) ? NoReason : Received.DeadLetterReason;

    public override ConversationEvent? Event => Content?.Event;

    /// <summary>When it came to its queue: Service Bus does not say when it put it away.</summary>
    public override DateTimeOffset Time => Received.EnqueuedTime;

    /// <summary>The body's size in bytes.</summary>
    public long Size => MessageBody.Size(Received);
}
