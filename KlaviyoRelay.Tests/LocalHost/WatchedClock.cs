using Microsoft.Extensions.Time.Testing;

namespace KlaviyoRelay.Tests.LocalHost;

/// <summary>A clock that stands still, and tells a test when something waits for it to go on.</summary>
internal sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly SemaphoreSlim _timers = new(0);

    /// <summary>Returns when another timer has been set since the last time.</summary>
    public Task TimerAsync(CancellationToken cancellationToken) => _timers.WaitAsync(cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Release();
        return timer;
    }
}
