using KlaviyoRelay.Worlds.Draws;

namespace KlaviyoRelay.Worlds.Time;

/// <summary>
/// The clock of one instance's machine: its time of day is a little wrong, drifts and is set. What it measures is right.
/// Its timers ring late, and now and then a moment early. When the instance is killed, they ring no more.
/// </summary>
internal sealed class InstanceClock(Timeline timeline, Dice dice) : TimeProvider
{
    private const double MostDrift = 50e-6;

    private readonly double _drift = dice.Between(-MostDrift, MostDrift);
    private TimeSpan _offset = TimeSpan.FromSeconds(dice.Between(-1.0, 1.0));
    private int _timers;

    public bool IsStopped { get; set; }

    /// <summary>Timers that are set and have not rung.</summary>
    public int Timers => _timers;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Sets the time of day.</summary>
    public void Step(TimeSpan by) => _offset += by;

    public override DateTimeOffset GetUtcNow() => timeline.Time + _offset + TimeSpan.FromTicks((long)(timeline.Now * _drift));

    public override long GetTimestamp() => timeline.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, callback, state, dueTime, period);

    private Due After(TimeSpan wait, Action act) => timeline.After(wait, act);

    // A clock that counts in whole milliseconds rings up to one of them early.
    private TimeSpan Error() => TimeSpan.FromTicks(dice.Chance(0.05) ? -dice.Below(9000) : dice.Below(20_000));

    private sealed class Timer : ITimer
    {
        private readonly InstanceClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private TimeSpan _period;
        private Due? _due;

        public Timer(InstanceClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Forget();
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _clock._timers++;
                _due = _clock.After(dueTime > TimeSpan.Zero ? dueTime + _clock.Error() : dueTime, Ring);
            }

            return true;
        }

        public void Dispose() => Forget();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Ring()
        {
            Forget();
            if (_clock.IsStopped)
            {
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            _callback(_state);
        }

        private void Forget()
        {
            if (_due is not null)
            {
                _due.Cancel();
                _due = null;
                _clock._timers--;
            }
        }
    }
}
