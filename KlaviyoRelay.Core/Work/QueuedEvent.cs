namespace KlaviyoRelay.Core.Work;

/// <summary>The event in a queue's message, for a person to look at and to send again.</summary>
/// <param name="Event">The event.</param>
/// <param name="Emails">The emails still to do; null for all of the customer's.</param>
/// <param name="Letter">The letter that holds it; null when a message of <see cref="QueueNames.ConversationEvents"/> does.</param>
public sealed record QueuedEvent(ConversationEvent Event, IReadOnlyList<string>? Emails, DeadLetter? Letter)
{
    /// <summary>
    /// Reads a message; null when it holds no event of a version that is known. A letter may be found in any queue: a relay
    /// that could not read it set it aside.
    /// </summary>
    /// <param name="body">Its body.</param>
    public static QueuedEvent? Read(string body) => DeadLetterSerializer.Read(body) is { } letter
        ? new QueuedEvent(letter.Event, letter.Emails, letter)
        : RelayMessageSerializer.Read(body) is { } message ? new QueuedEvent(message.Event, message.Emails, Letter: null) : null;
}
