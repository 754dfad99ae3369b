using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>A <see cref="DeadLetter"/> as it is read in either version, and as version 2 is written: the message, and why it waits.</summary>
internal sealed class WireLetter
{
    public int? Version { get; set; }

    /// <summary>Version 2.</summary>
    public WireMessage? Message { get; set; }

    /// <summary>Version 1, as are the next five.</summary>
    public WireEvent? Event { get; set; }

    public IReadOnlyList<string>? Emails { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public TraceContext? Trace { get; set; }

    public int? Attempts { get; set; }

    public DateTimeOffset? FirstFailureAt { get; set; }

    public DeadLetterReason? Reason { get; set; }

    public string? Detail { get; set; }

    public DateTimeOffset? LastFailureAt { get; set; }

    public DateTimeOffset? ReleaseAt { get; set; }

    /// <summary>A letter as version 2 is written.</summary>
    public static WireLetter SecondOf(DeadLetter letter) => new()
    {
        Version = MessageVersion.Second,
        Message = WireMessage.SecondOf(RelayMessage.Again(letter, letter.FirstFailureAt)),
        Reason = letter.Reason,
        Detail = letter.Detail,
        LastFailureAt = letter.LastFailureAt,
        ReleaseAt = letter.ReleaseAt,
    };

    /// <summary>The letter; null when its version is not known, or something is missing that each has.</summary>
    public DeadLetter? Complete() => Version switch
    {
        MessageVersion.First when Event?.Complete() is { } one && Attempts is { } attempts =>
            Complete(MessageVersion.First, one, Emails, attempts, FirstFailureAt, AcceptedAt, Trace),
        // A letter is about something that was tried.
        MessageVersion.Second when Message?.Complete() is { Attempts: > 0 } message =>
            Complete(MessageVersion.Second, message.Event, message.Emails, message.Attempts, message.FirstFailureAt, message.AcceptedAt, message.Trace),
        _ => null,
    };

    private DeadLetter? Complete(
        int version, ConversationEvent one, IReadOnlyList<string>? emails, int attempts, DateTimeOffset? firstFailureAt, DateTimeOffset? acceptedAt, TraceContext? trace) =>
        (Reason, Detail, firstFailureAt, LastFailureAt) is ({ } reason, { } detail, { } first, { } last)
            ? new DeadLetter
            {
                Version = version,
                Event = one,
                Emails = emails,
                AcceptedAt = acceptedAt,
                Trace = trace,
                Reason = reason,
                Detail = detail,
                Attempts = attempts,
                FirstFailureAt = first,
                LastFailureAt = last,
                ReleaseAt = ReleaseAt,
            }
            : null;
}
