namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>One second of the charts.</summary>
/// <param name="T">Unix time, in seconds.</param>
/// <param name="Accepted">Events that webhooks brought.</param>
/// <param name="Delivered">Events that Klaviyo accepted, one per email.</param>
/// <param name="Throttled">Sent to <c>dead-letter-throttled</c>.</param>
/// <param name="Rejected">Sent to <c>dead-letter-rejected</c>.</param>
/// <param name="P50">From acceptance to Klaviyo over the minute before, in milliseconds; null when there was none. So are the next two.</param>
/// <param name="P95">95 % took no longer.</param>
/// <param name="P99">99 % took no longer.</param>
internal sealed record RatePoint(long T, int Accepted, int Delivered, int Throttled, int Rejected, double? P50, double? P95, double? P99);
