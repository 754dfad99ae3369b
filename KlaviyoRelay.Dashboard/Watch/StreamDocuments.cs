using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What a page begins with. When the relay was started tells a page of another start that it has to be loaded again.</summary>
internal sealed record History(DateTimeOffset StartedAt, IReadOnlyList<RatePoint> Points);

/// <summary>What the page is told each second; the points are the seconds that were completed since the last time.</summary>
internal sealed record Tick(DateTimeOffset Now, IReadOnlyList<RatePoint> Points, FlowState Flow, IReadOnlyList<RateUse> Rates, IReadOnlyList<string> Faults);

/// <summary>
/// The numbers of the flow picture: messages in the queues, null when these can't be reached; events that the relay is at
/// work on; what was done since the start, one per email.
/// </summary>
internal sealed record FlowState(
    WebhookTotals Webhooks,
    int? Queued,
    int? Throttled,
    int? Rejected,
    int Relaying,
    long Delivered,
    long Skipped,
    DateTimeOffset? NextRelease,
    FlowRates PerSecond);

internal sealed record WebhookTotals(long Accepted, long Ignored, long Refused);

/// <summary>Means of the last 10 seconds.</summary>
internal sealed record FlowRates(double Accepted, double Taken, double Delivered, double Throttled, double Rejected, double Released);

/// <summary>
/// One second of the charts, in Unix time. Percentiles are milliseconds from acceptance to Klaviyo over the minute before;
/// null when there was none.
/// </summary>
internal sealed record RatePoint(long T, int Accepted, int Delivered, int Throttled, int Rejected, double? P50, double? P95, double? P99);

/// <summary>A gauge: what is used of one of Klaviyo's limits.</summary>
internal sealed record RateUse(string Account, string Endpoint, IReadOnlyList<RateUseWindow> Windows, DateTimeOffset? PausedUntil)
{
    public static RateUse Of(RateLimitUse use) => new(
        use.Account,
        use.Endpoint,
        [.. use.Windows.Select(window => new RateUseWindow((int)window.Length.TotalSeconds, window.Limit, window.Used))],
        use.PausedUntil);
}

internal sealed record RateUseWindow(int Seconds, int Limit, int Used);
