using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>What a message on <see cref="QueueNames.ConversationEvents"/> holds.</summary>
internal sealed record RelayMessage
{
    /// <summary>A <see cref="MessageVersion"/>.</summary>
    public required int Version { get; init; }

    public required ConversationEvent Event { get; init; }

    /// <summary>How often the event has been tried before; 0 for a fresh one.</summary>
    public int Attempts { get; init; }

    /// <summary>When delivery failed first; null for a fresh event.</summary>
    public DateTimeOffset? FirstFailureAt { get; init; }

    /// <summary>When the webhook was accepted; null when no webhook brought the event, or an older relay queued it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The trace that the event belongs to; null when nothing was traced, or an older relay queued it.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>
    /// The emails still to do (of a webhook's customer without one, the phone number); null for all of the
    /// customer's, who is looked up then.
    /// </summary>
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>What a dead letter leaves to do.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="firstFailureAt">When its time began; null to begin anew.</param>
    public static RelayMessage Again(DeadLetter letter, DateTimeOffset? firstFailureAt) => new()
    {
        Version = letter.Version,
        Event = letter.Event,
        Attempts = letter.Attempts,
        FirstFailureAt = firstFailureAt,
        Emails = letter.Emails,
        AcceptedAt = letter.AcceptedAt,
        Trace = letter.Trace,
    };

    /// <summary>An event on its first way, in the trace of its sender.</summary>
    /// <param name="conversationEvent">The event.</param>
    /// <param name="acceptedAt">When its webhook was accepted; null when no webhook brought it.</param>
    /// <param name="emails">Whom it goes to, where the webhook said so.</param>
    /// <param name="version">A <see cref="MessageVersion"/>.</param>
    public static RelayMessage Fresh(
        ConversationEvent conversationEvent, DateTimeOffset? acceptedAt = null, IReadOnlyList<string>? emails = null, int version = MessageVersion.First) =>
        new() { Version = version, Event = conversationEvent, AcceptedAt = acceptedAt, Trace = TraceContext.Current, Emails = emails };
}
