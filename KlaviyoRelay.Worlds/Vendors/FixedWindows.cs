namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>A second and a minute, each of which begins anew at whole multiples of its length.</summary>
internal sealed class FixedWindows(int perSecond, int perMinute)
{
    private long _second = -1;
    private long _minute = -1;
    private int _inSecond;
    private int _inMinute;

    public int Remaining => perMinute - _inMinute;

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="room">The part of its limits that others leave.</param>
    public static FixedWindows Of(string endpoint, double room) => endpoint switch
    {
        Klaviyo.Events => Of(350, 3500, room),
        Klaviyo.Profiles or Klaviyo.Import => Of(75, 750, room),
        _ => Of(10, 150, room),
    };

    private static FixedWindows Of(int perSecond, int perMinute, double room) => new(Math.Max(1, (int)(perSecond * room)), Math.Max(1, (int)(perMinute * room)));

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
