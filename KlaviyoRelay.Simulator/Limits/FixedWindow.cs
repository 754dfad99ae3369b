namespace KlaviyoRelay.Simulator.Limits;

/// <summary>A limit of n requests in windows that start at whole multiples of their length. Not thread-safe: callers lock.</summary>
internal sealed class FixedWindow(int limit, int seconds)
{
    private long _window;
    private int _used;

    public int Limit => limit;

    public int Remaining => Math.Max(0, limit - _used);

    /// <summary>Moves on to the window of <paramref name="now"/> and tells whether it has room.</summary>
    public bool HasRoom(DateTimeOffset now)
    {
        var window = now.ToUnixTimeSeconds() / seconds;
        if (window != _window)
        {
            (_window, _used) = (window, 0);
        }

        return _used < limit;
    }

    public void Take() => _used++;

    /// <summary>Whole seconds until the window ends, at least 1.</summary>
    public int SecondsToReset(DateTimeOffset now) => seconds - (int)(now.ToUnixTimeSeconds() % seconds);
}
