using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>A gauge: what is used of one of Klaviyo's limits.</summary>
internal sealed record RateUse(string Account, string Endpoint, IReadOnlyList<RateUseWindow> Windows, DateTimeOffset? PausedUntil)
{
    public static RateUse Of(RateLimitUse use) => new(
        use.Account,
        use.Endpoint,
        [.. use.Windows.Select(window => new RateUseWindow((int)window.Length.TotalSeconds, window.Limit, window.Used))],
        use.PausedUntil);
}
