namespace KlaviyoRelay.Tests.Support;

/// <summary>
/// A clock that stands still until it is told to advance. Timers that become due on the way fire in order. With
/// auto-advance a delay completes at once by moving the clock to its end; a time-out only ever fires by
/// <see cref="Advance"/>, because an answer in a test takes no time.
/// </summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>Less than two minutes after the builders' webhooks, so that their events are not late.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 15, 14, 3, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly List<TestTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _step;

    public TestClock()
        : this(Start)
    {
    }

    public bool AutoAdvance { get; init; } = true;

    public TimeSpan Elapsed => TimeSpan.FromTicks(GetTimestamp()) - TimeSpan.FromTicks(Start.UtcTicks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now + _step;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _now.UtcTicks;
        }
    }

    /// <summary>Sets the time of day, as an administrator or a time server does; what is measured goes on as before.</summary>
    public void Step(TimeSpan by)
    {
        lock (_lock)
        {
            _step += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        // Task.Delay passes the task as its timer's state, a time-out passes its CancellationTokenSource.
        if (AutoAdvance && state is Task && timer.DueAt is { } due)
        {
            AdvanceTo(due);
        }

        return timer;
    }

    public void Advance(TimeSpan by) => AdvanceTo(new DateTimeOffset(GetTimestamp(), TimeSpan.Zero) + by);

    public void Schedule(TestTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.DueAt = dueTime < TimeSpan.Zero ? null : _now + dueTime;
            if (timer.DueAt is not null)
            {
                _timers.Add(timer);
            }
        }
    }

    private void AdvanceTo(DateTimeOffset target)
    {
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    private TestTimer? TakeDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var timer = _timers.Where(candidate => candidate.DueAt <= target).MinBy(candidate => candidate.DueAt);
            var reached = timer?.DueAt ?? target;
            _now = reached > _now ? reached : _now;
            if (timer is not null)
            {
                _timers.Remove(timer);
            }

            return timer;
        }
    }
}
