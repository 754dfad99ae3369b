namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>A second and a minute, each of which begins anew at whole multiples of its length.</summary>
internal sealed class FixedWindows(int perSecond, int perMinute)
{
    private long _second = -1;
    private long _minute = -1;
    private int _inSecond;
    private int _inMinute;

    public int Remaining => perMinute - _inMinute;

    public static FixedWindows Of(string endpoint) => endpoint switch
    {
        Klaviyo.Events => new(350, 3500),
        Klaviyo.BulkJobs => new(10, 150),
        _ => new(75, 750),
    };

    /// <summary>Null when there was room; else in how many seconds there is.</summary>
    public int? Take(long now)
    {
        if (now / TimeSpan.TicksPerSecond is var second && second != _second)
        {
            (_second, _inSecond) = (second, 0);
        }

        if (now / TimeSpan.TicksPerMinute is var minute && minute != _minute)
        {
            (_minute, _inMinute) = (minute, 0);
        }

        if (_inMinute >= perMinute)
        {
            return SecondsToReset(now);
        }

        if (_inSecond >= perSecond)
        {
            return 1;
        }

        _inSecond++;
        _inMinute++;
        return null;
    }

    public static int SecondsToReset(long now) => 60 - (int)(now / TimeSpan.TicksPerSecond % 60);
}
