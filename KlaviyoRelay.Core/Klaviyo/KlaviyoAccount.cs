using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>A Klaviyo account: whose key to use, and what is left of its rate limits.</summary>
public sealed class KlaviyoAccount(string name, AccountOptions options, TimeProvider clock)
{
    public string Name { get; } = name;

    public string PrivateKeySecret => options.PrivateKeySecret;

    public string PublicApiKey => options.PublicApiKey;

    // Klaviyo's windows per account and endpoint (developers.klaviyo.com, x-klaviyo-ratelimit of each operation).
    public RateLimiter Events { get; init; } = Limiter(clock, options.RateShare, perSecond: 350, perMinute: 3500);

    public RateLimiter BulkJobs { get; init; } = Limiter(clock, options.RateShare, perSecond: 10, perMinute: 150);

    public RateLimiter Profiles { get; init; } = Limiter(clock, options.RateShare, perSecond: 75, perMinute: 750);

    /// <summary>Of <c>GET /api/accounts</c>, which only checks ask: one permit lets a check of this account begin.</summary>
    public RateLimiter Checks { get; } = Limiter(clock, options.RateShare, perSecond: 1, perMinute: 15);

    private static RateLimiter Limiter(TimeProvider clock, double share, int perSecond, int perMinute) => new(
        clock,
        new SlidingWindow(Math.Max(1, (int)(perSecond * share)), TimeSpan.FromSeconds(1)),
        new SlidingWindow(Math.Max(1, (int)(perMinute * share)), TimeSpan.FromMinutes(1)));
}
