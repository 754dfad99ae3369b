namespace KlaviyoRelay.Simulator.Limits;

/// <summary>Windows by name, made on first use. A request passes when every one of its windows has room.</summary>
internal sealed class LimitTable(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FixedWindow[]> _windows = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes a place in the windows of <paramref name="name"/>, or in none when one is full. When allowed, the
    /// outcome describes the last window (the steady one); when not, the full window that lasts longest.
    /// </summary>
    public LimitOutcome Take(string name, params ReadOnlySpan<(int Limit, int Seconds)> sizes)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_windows.TryGetValue(name, out var windows))
            {
                windows = new FixedWindow[sizes.Length];
                for (var i = 0; i < sizes.Length; i++)
                {
                    windows[i] = new FixedWindow(sizes[i].Limit, sizes[i].Seconds);
                }

                _windows[name] = windows;
            }

            // Each window is asked, so that each moves on.
            if (windows.Where(window => !window.HasRoom(now)).ToArray() is { Length: > 0 } full)
            {
                var longest = full.MaxBy(window => window.SecondsToReset(now)) ?? full[0];
                return new LimitOutcome(false, longest.Limit, 0, longest.SecondsToReset(now));
            }

            foreach (var window in windows)
            {
                window.Take();
            }

            return new LimitOutcome(true, windows[^1].Limit, windows[^1].Remaining, windows[^1].SecondsToReset(now));
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _windows.Clear();
        }
    }
}
