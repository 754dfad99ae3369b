namespace KlaviyoRelay.Core.Work;

/// <summary>The event in a queue's message, whichever queue it is, for a person to look at.</summary>
/// <param name="Event">The event.</param>
/// <param name="Emails">The emails still to do; null for all of the customer's.</param>
public sealed record QueuedEvent(ConversationEvent Event, IReadOnlyList<string>? Emails)
{
    /// <summary>Reads a message; null when it holds no event of the current version.</summary>
    /// <param name="queue">The queue that it was sent to.</param>
    /// <param name="body">Its body.</param>
    public static QueuedEvent? Read(string queue, string body) => queue == QueueNames.ConversationEvents
        ? RelayMessageSerializer.Read(body) is { } message ? new QueuedEvent(message.Event, message.Emails) : null
        : DeadLetterSerializer.Read(body) is { } letter ? new QueuedEvent(letter.Event, letter.Emails) : null;
}
