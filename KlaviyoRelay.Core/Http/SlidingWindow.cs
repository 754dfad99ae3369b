namespace KlaviyoRelay.Core.Http;

/// <summary>
/// At most <c>limit</c> permits in any span of time as long as <c>window</c>. Klaviyo and the helpdesks count in
/// fixed windows whose start nobody tells, so a limit that holds for every span holds for theirs. Not thread-safe.
/// Times are those of the limiter's <see cref="Clocks.Uptime"/>.
/// </summary>
public sealed class SlidingWindow
{
    private static readonly TimeSpan Never = TimeSpan.MinValue / 2;

    private readonly TimeSpan _window;

    // The times of the last `limit` permits, as a ring: the oldest is where the next one goes.
    private readonly TimeSpan[] _granted;
    private int _next;

    public SlidingWindow(int limit, TimeSpan window)
    {
        _window = window;
        _granted = new TimeSpan[limit];
        Array.Fill(_granted, Never);
    }

    /// <summary>The earliest time, not before <paramref name="now"/>, at which one more permit fits.</summary>
    public TimeSpan Earliest(TimeSpan now)
    {
        var free = _granted[_next] + _window;
        return free > now ? free : now;
    }

    /// <summary>How full it is at <paramref name="now"/>; a permit that is waited for counts.</summary>
    public RateWindow Use(TimeSpan now) => new(_window, _granted.Length, _granted.Count(time => time + _window > now));

    /// <summary>Notes a permit. Times must not go backwards.</summary>
    public void Take(TimeSpan time)
    {
        _granted[_next] = time;
        _next = (_next + 1) % _granted.Length;
    }

    /// <summary>Forgets a permit of this time that was not used.</summary>
    public void GiveBack(TimeSpan time)
    {
        var place = _next;
        do
        {
            place = Before(place);
        }
        while (_granted[place] != time && place != _next);

        if (_granted[place] != time)
        {
            // Newer ones have pushed it out.
            return;
        }

        // The older ones move up, so that the free place is where the next permit goes.
        for (; place != _next; place = Before(place))
        {
            _granted[place] = _granted[Before(place)];
        }

        _granted[_next] = Never;
    }

    private int Before(int place) => (place + _granted.Length - 1) % _granted.Length;
}

/// <summary>How much of one window of a rate limit is used.</summary>
/// <param name="Length">The window.</param>
/// <param name="Limit">How many requests fit into it: the relay's share of the far end's limit.</param>
/// <param name="Used">How many are in it now.</param>
public sealed record RateWindow(TimeSpan Length, int Limit, int Used);
