namespace KlaviyoRelay.Core.RateLimits;

/// <summary>
/// Several windows at once, a pause for everyone when the far end has answered 429, and its own count of what is
/// left where it tells. Callers get their turn in the order in which they ask.
/// </summary>
internal sealed class RateLimiter(TimeProvider clock, params IReadOnlyList<SlidingWindow> windows)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _lastPermit;
    private DateTimeOffset _pausedUntil;
    private int _inFlight;

    /// <summary>
    /// Waits for a permit. False, at once and without taking one, when it would come only after
    /// <paramref name="deadline"/>; false too as soon as a pause that begins meanwhile lasts longer than that.
    /// Each permit is given back with <see cref="Finish"/>.
    /// </summary>
    public async ValueTask<bool> WaitAsync(DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        while (TryReserve(deadline, out var wait))
        {
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
                if (IsPaused)
                {
                    // It began meanwhile. Everyone who waited asks anew then: they must not all go at its end.
                    continue;
                }
            }

            Interlocked.Increment(ref _inFlight);
            return true;
        }

        return false;
    }

    /// <summary>The request that a permit was for has been answered, or has failed.</summary>
    public void Finish() => Interlocked.Decrement(ref _inFlight);

    /// <summary>
    /// The far end's own count: others use the same limit. When no more is left than is on its way already, nobody
    /// gets a permit before the count begins anew.
    /// </summary>
    public void Correct(int remaining, DateTimeOffset reset)
    {
        if (remaining <= Volatile.Read(ref _inFlight))
        {
            PauseUntil(reset);
        }
    }

    /// <summary>Nobody gets a permit before <paramref name="until"/>.</summary>
    public void PauseUntil(DateTimeOffset until)
    {
        lock (_lock)
        {
            _pausedUntil = Later(_pausedUntil, until);
        }
    }

    /// <summary>How much of it is used now.</summary>
    public RateLimitUse Use(string account, string endpoint)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return new RateLimitUse(account, endpoint, [.. windows.Select(window => window.Use(now))], _pausedUntil > now ? _pausedUntil : null);
        }
    }

    private bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _pausedUntil > clock.GetUtcNow();
            }
        }
    }

    private bool TryReserve(DateTimeOffset deadline, out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var permit = Later(now, _pausedUntil, _lastPermit);
            foreach (var window in windows)
            {
                permit = Later(permit, window.Earliest(permit));
            }

            wait = permit - now;
            if (permit > deadline)
            {
                return false;
            }

            foreach (var window in windows)
            {
                window.Take(permit);
            }

            _lastPermit = permit;
            return true;
        }
    }

    private static DateTimeOffset Later(params ReadOnlySpan<DateTimeOffset> times)
    {
        var latest = times[0];
        foreach (var time in times)
        {
            latest = time > latest ? time : latest;
        }

        return latest;
    }
}
