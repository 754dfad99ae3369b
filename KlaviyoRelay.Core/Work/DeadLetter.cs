using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// What a message on a dead-letter queue holds: what is still to do, and why it was not done. Never a key,
/// never a helpdesk's message text.
/// </summary>
public sealed record DeadLetter
{
    /// <summary>A <see cref="MessageVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>The event.</summary>
    public required ConversationEvent Event { get; init; }

    /// <summary>The emails still to do; null for all of the customer's, when the customer could not be looked up.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>When the webhook was accepted; null when no webhook brought the event, or an older relay wrote the letter.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The trace that the event belongs to; null when nothing was traced, or an older relay wrote the letter.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>Why it waits.</summary>
    public required DeadLetterReason Reason { get; init; }

    /// <summary>What Klaviyo or the helpdesk answered, with emails masked.</summary>
    public required string Detail { get; init; }

    /// <summary>How often the event has been tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it failed first.</summary>
    public required DateTimeOffset FirstFailureAt { get; init; }

    /// <summary>When it failed last.</summary>
    public required DateTimeOffset LastFailureAt { get; init; }

    /// <summary>When it is tried again; null when a person has to decide.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }
}
