namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A clock whose timers a test rings by hand, also when they are disposed of: a ring may be on its way then.</summary>
internal sealed class HandTimers : TimeProvider
{
    private readonly List<Timer> _timers = [];

    public int Count => _timers.Count(timer => !timer.IsDisposed);

    public void Ring() => _timers.ForEach(timer => timer.Ring());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    private sealed class Timer(Action ring) : ITimer
    {
        public bool IsDisposed { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => !IsDisposed;

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
