namespace KlaviyoRelay.Core.Http;

/// <summary>How much of a rate limit is used.</summary>
/// <param name="Account">The Klaviyo account.</param>
/// <param name="Endpoint">What is limited: <c>events</c>, <c>bulk jobs</c> or <c>profiles</c>.</param>
/// <param name="Windows">The windows, the shortest first.</param>
/// <param name="PausedUntil">Until when nobody may ask, after a 429; null when that is over.</param>
public sealed record RateLimitUse(string Account, string Endpoint, IReadOnlyList<RateWindow> Windows, DateTimeOffset? PausedUntil);
