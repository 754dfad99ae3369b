using Microsoft.Extensions.Time.Testing;

namespace KlaviyoRelay.Tests.Support;

/// <summary>
/// A clock that stands still until it is told to advance. With auto-advance a delay completes at once by moving the clock
/// to its end; a time-out only ever fires by <see cref="Advance"/>, because an answer in a test takes no
/// time.
/// </summary>
internal sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>Less than two minutes after the builders' webhooks, so that their events are not late.</summary>
    public static new readonly DateTimeOffset Start = new(2026, 1, 15, 14, 3, 0, TimeSpan.Zero);

    private TimeSpan _step;

    public TestClock()
        : this(Start)
    {
    }

    public bool AutoAdvance { get; init; } = true;

    public TimeSpan Elapsed => TimeSpan.FromTicks(GetTimestamp()) - TimeSpan.FromTicks(Start.UtcTicks);

    /// <summary>In steps, so that what becomes due on the way finds the time at which it was due, or little more.</summary>
    public new void Advance(TimeSpan by)
    {
        const int steps = 100;
        for (var step = 1; step <= steps; step++)
        {
            base.Advance((by * step / steps) - (by * (step - 1) / steps));
        }
    }

    /// <summary>Sets the time of day, as an administrator or a time server does; what is measured goes on as before.</summary>
    public void Step(TimeSpan by) => _step += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _step;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        // Task.Delay passes the task as its timer's state, a time-out passes its CancellationTokenSource.
        if (AutoAdvance && state is Task && dueTime > TimeSpan.Zero)
        {
            base.Advance(dueTime);
        }

        return timer;
    }
}
