namespace KlaviyoRelay.Tests.Conversations.Recovery;

/// <summary>A clock that moves by waiting only. Short waits are over at once; long ones, such as time limits, when the test says so.</summary>
internal sealed class RecoveryClock(DateTimeOffset now) : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private readonly List<LongTimer> _limits = [];
    private long _waited;

    public override DateTimeOffset GetUtcNow() => now.AddTicks(Interlocked.Read(ref _waited));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Long)
        {
            Interlocked.Add(ref _waited, Math.Max(0, dueTime.Ticks));
            return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
        }

        var timer = new LongTimer(() => callback(state));
        _limits.Add(timer);
        return timer;
    }

    /// <summary>Every time limit that is in force is over.</summary>
    public void EndLimits() => _limits.ToList().ForEach(timer => timer.Ring());

    private sealed class LongTimer(Action callback) : ITimer
    {
        private bool _isDisposed;

        public void Ring()
        {
            if (!_isDisposed)
            {
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
