namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>One window of a gauge.</summary>
internal sealed record RateUseWindow(int Seconds, int Limit, int Used);
