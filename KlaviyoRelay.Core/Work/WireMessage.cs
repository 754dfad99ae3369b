using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Work;

/// <summary>
/// A <see cref="RelayMessage"/> as it is read. Its members can be set, because System.Text.Json makes an object whose
/// members can't be by way of a constructor of them all: that boxes each value and takes twice as long.
/// </summary>
internal sealed class ReadMessage
{
    public int? Version { get; set; }

    public ReadEvent? Event { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? FirstFailureAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public TraceContext? Trace { get; set; }

    public IReadOnlyList<string>? Emails { get; set; }

    /// <summary>The message; null when something is missing that each has.</summary>
    public RelayMessage? Complete() => Version is { } version && Event?.Complete() is { } conversationEvent
        ? new RelayMessage
        {
            Version = version,
            Event = conversationEvent,
            Attempts = Attempts,
            FirstFailureAt = FirstFailureAt,
            AcceptedAt = AcceptedAt,
            Trace = Trace,
            Emails = Emails,
        }
        : null;
}
