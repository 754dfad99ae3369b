using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// What a message on a dead-letter queue holds: what is still to do, and why it was not done. Never a key,
/// never a helpdesk's message text.
/// </summary>
public sealed record DeadLetter
{
    /// <summary>What is still to do. It has been tried at least once.</summary>
    public required RelayMessage Message { get; init; }

    /// <summary>Why it waits.</summary>
    public required DeadLetterReason Reason { get; init; }

    /// <summary>What Klaviyo or the helpdesk answered, with emails masked.</summary>
    public required string Detail { get; init; }

    /// <summary>When it failed last.</summary>
    public required DateTimeOffset LastFailureAt { get; init; }

    /// <summary>When it is tried again; null when a person has to decide.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>How often it has been tried.</summary>
    public int Attempts => Message.Attempts;

    /// <summary>When it failed first.</summary>
    public DateTimeOffset FirstFailureAt => Message.FirstFailureAt ?? LastFailureAt;
}
