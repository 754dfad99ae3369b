using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// Several windows at once, a pause for everyone when the far end has answered 429, and its own count of what is
/// left where it tells. Callers get their turn in the order in which they ask.
/// </summary>
public sealed class RateLimiter(TimeProvider clock, params SlidingWindow[] windows)
{
    private readonly Lock _lock = new();
    private readonly Uptime _uptime = new(clock);
    private TimeSpan _lastPermit;
    private TimeSpan _pausedUntil;
    private int _inFlight;

    /// <summary>
    /// Waits for a permit. False, at once and without taking one, when it would come only after
    /// <paramref name="atMost"/>; false too as soon as a pause that begins meanwhile lasts longer than that.
    /// Each permit is given back with <see cref="Finish"/>.
    /// </summary>
    public async ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = _uptime.Now + atMost;
        while (TryReserve(deadline) is { } permit)
        {
            try
            {
                await WaitUntilAsync(permit, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                GiveBack(permit);
                throw;
            }

            if (IsValid(permit))
            {
                return true;
            }

            // A pause began that ends after the permit. All who waited ask anew: they must not all go at its end.
        }

        return false;
    }

    /// <summary>The request that a permit was for has been answered, or has failed.</summary>
    public void Finish() => Interlocked.Decrement(ref _inFlight);

    /// <summary>
    /// The far end's own count: others use the same limit. When no more is left than is on its way already, nobody
    /// gets a permit before the count begins anew.
    /// </summary>
    public void Correct(int remaining, TimeSpan reset)
    {
        if (remaining <= Volatile.Read(ref _inFlight))
        {
            PauseFor(reset);
        }
    }

    /// <summary>No permit is given before this time is over.</summary>
    public void PauseFor(TimeSpan time)
    {
        lock (_lock)
        {
            _pausedUntil = Later(_pausedUntil, _uptime.Now + time);
        }
    }

    /// <summary>How long the next permit would have to be waited for.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_lock)
            {
                var now = _uptime.Now;
                return Next(now) - now;
            }
        }
    }

    /// <summary>How much of it is used now.</summary>
    public RateLimitUse Use(string account, string endpoint)
    {
        lock (_lock)
        {
            var now = _uptime.Now;
            return new RateLimitUse(
                account, endpoint, [.. windows.Select(window => window.Use(now))], _pausedUntil > now ? clock.WallTime() + (_pausedUntil - now) : null);
        }
    }

    // A timer rings a moment early now and then, by a clock that counts in whole milliseconds.
    private async ValueTask WaitUntilAsync(TimeSpan permit, CancellationToken cancellationToken)
    {
        while (permit - _uptime.Now is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), clock, cancellationToken);
        }
    }

    private TimeSpan? TryReserve(TimeSpan deadline)
    {
        lock (_lock)
        {
            var permit = Next(_uptime.Now);
            if (permit > deadline)
            {
                return null;
            }

            foreach (var window in windows)
            {
                window.Take(permit);
            }

            return _lastPermit = permit;
        }
    }

    private TimeSpan Next(TimeSpan now)
    {
        var permit = Later(now, _pausedUntil, _lastPermit);
        foreach (var window in windows)
        {
            permit = Later(permit, window.Earliest(permit));
        }

        return permit;
    }

    /// <summary>Whether the permit may be used; one that a pause has overtaken is given back.</summary>
    private bool IsValid(TimeSpan permit)
    {
        lock (_lock)
        {
            if (_pausedUntil <= permit)
            {
                Interlocked.Increment(ref _inFlight);
                return true;
            }

            GiveBack(permit);
            return false;
        }
    }

    private void GiveBack(TimeSpan permit)
    {
        lock (_lock)
        {
            foreach (var window in windows)
            {
                window.GiveBack(permit);
            }
        }
    }

    private static TimeSpan Later(params ReadOnlySpan<TimeSpan> times)
    {
        var latest = times[0];
        foreach (var time in times)
        {
            latest = time > latest ? time : latest;
        }

        return latest;
    }
}

/// <summary>How much of a rate limit is used.</summary>
/// <param name="Account">The Klaviyo account.</param>
/// <param name="Endpoint">What is limited: <c>events</c>, <c>bulk jobs</c> or <c>profiles</c>.</param>
/// <param name="Windows">The windows, the shortest first.</param>
/// <param name="PausedUntil">When the pause after a 429 ends; null when there is none.</param>
public sealed record RateLimitUse(string Account, string Endpoint, IReadOnlyList<RateWindow> Windows, DateTimeOffset? PausedUntil);
