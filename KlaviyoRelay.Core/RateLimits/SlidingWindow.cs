namespace KlaviyoRelay.Core.RateLimits;

/// <summary>
/// At most <c>limit</c> permits in any span of time as long as <c>window</c>. Klaviyo and the helpdesks count in
/// fixed windows whose start nobody tells, so a limit that holds for every span holds for theirs. Not thread-safe.
/// </summary>
internal sealed class SlidingWindow(int limit, TimeSpan window)
{
    // The times of the last `limit` permits, as a ring: the oldest is where the next one goes.
    private readonly DateTimeOffset[] _granted = new DateTimeOffset[limit];
    private int _next;

    /// <summary>The earliest time, not before <paramref name="now"/>, at which one more permit fits.</summary>
    public DateTimeOffset Earliest(DateTimeOffset now)
    {
        var oldest = _granted[_next];
        return oldest == default || oldest + window <= now ? now : oldest + window;
    }

    /// <summary>How full it is at <paramref name="now"/>; a permit that is waited for counts.</summary>
    public RateWindow Use(DateTimeOffset now) => new(window, limit, _granted.Count(time => time != default && time + window > now));

    /// <summary>Notes a permit. Times must not go backwards.</summary>
    public void Take(DateTimeOffset time)
    {
        _granted[_next] = time;
        _next = (_next + 1) % _granted.Length;
    }
}
