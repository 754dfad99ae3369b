using System.Globalization;

namespace KlaviyoRelay.Cli.Events;

/// <summary>An event as the relay on this machine tells of it, in the words of its page.</summary>
internal sealed record ListedEvent(
    string Id,
    string Connection,
    string Account,
    string Kind,
    DateTimeOffset At,
    string? Conversation,
    string? Customer,
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

    private string Took => LatencyMs is { } latency ? Duration.Text(latency) : "";
}

/// <summary>A length of time for a person, such as <c>214 ms</c>.</summary>
internal static class Duration
{
    public static string Text(double milliseconds) => milliseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:0} min"),
    };
}

/// <summary>An event, its way through the relay, and the last tries to record it.</summary>
internal sealed record ShownEvent(ListedEvent Row, IReadOnlyList<ShownEntry> Timeline, IReadOnlyList<ShownAttempt> Attempts, int AttemptsLeftOut);

/// <summary>A try to record an event: what was sent, what was answered, and how long the next try waited.</summary>
internal sealed record ShownAttempt(
    DateTimeOffset At, string? UniqueId, string Email, string Metric, DateTimeOffset Time, string? Property, int Together, int? Status, string Said, double TookMs, double? WaitMs, bool IsWaitAsked)
{
    public string Answer => string.Create(CultureInfo.InvariantCulture, $"{(Status is { } status ? $"{status}" : "no answer")} after {Duration.Text(TookMs)}{(Said.Length > 0 ? $": {Said}" : "")}");

    internal string Known => $"{(UniqueId is null ? "" : $"unique_id {UniqueId}, ")}time {CliTime.Text(Time)}";

    public string Sent => $"{Metric}, for {Email}{(Property is null ? "" : $", {Property}")}{(Together > 1 ? string.Create(CultureInfo.InvariantCulture, $", with {Together} events in a request") : "")}";

    public string? Wait => WaitMs is { } wait ? $"the next try waited {Duration.Text(wait)}{(IsWaitAsked ? ", as Klaviyo asked" : "")}" : null;
}

/// <summary>Something that happened to an event, and where.</summary>
internal sealed record ShownEntry(DateTimeOffset At, string Stage, string Text);
