namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>A time that measures locks and freshness. It goes forward steadily, also when the time of day is set; no other meaning.</summary>
internal static class SteadyClock
{
    public static DateTimeOffset SteadyNow(this TimeProvider clock) => DateTimeOffset.UnixEpoch + clock.GetElapsedTime(0);
}
