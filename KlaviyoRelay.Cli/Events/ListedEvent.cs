using System.Globalization;

namespace KlaviyoRelay.Cli.Events;

/// <summary>An event as the relay on this machine tells of it, in the words of its page.</summary>
internal sealed record ListedEvent(
    string Id,
    string Connection,
    string Account,
    string Kind,
    DateTimeOffset At,
    string Conversation,
    IReadOnlyList<string> Emails,
    string State,
    int Delivered,
    int? Total,
    DateTimeOffset? Until,
    string? Reason,
    double? LatencyMs,
    int Attempts)
{
    /// <summary>Such as <c>gladly opened</c>.</summary>
    public string What => $"{Connection} {Kind.ToLowerInvariant()}";

    /// <summary>What is to be said beside the state: the reason, or how long it took.</summary>
    public string Detail => State switch
    {
        "delivered" => string.Create(CultureInfo.InvariantCulture, $"{(Total > 1 ? $"{Delivered} emails, " : "")}{Took}").TrimEnd(',', ' '),
        "throttled" => $"{Reason}{(Until is { } time ? $", until {time.UtcDateTime:HH:mm:ss}Z" : "")}",
        _ => Reason ?? "",
    };

    private string Took => LatencyMs is not { } latency ? ""
        : latency < 1000 ? string.Create(CultureInfo.InvariantCulture, $"{latency:0} ms")
        : latency < 60_000 ? string.Create(CultureInfo.InvariantCulture, $"{latency / 1000:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{latency / 60_000:0} min");
}

/// <summary>An event and its way through the relay.</summary>
internal sealed record ShownEvent(ListedEvent Row, IReadOnlyList<ShownEntry> Timeline);

/// <summary>Something that happened to an event, and where.</summary>
internal sealed record ShownEntry(DateTimeOffset At, string Stage, string Text);
