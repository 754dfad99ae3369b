namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>How fast a body arrives. Ends its reading when that is too slow, or when it has to give way to others.</summary>
public sealed class BodyPace(TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, clock);
    private long? _start;
    private long _behindSince;
    private int _received;

    /// <summary>Cancelled when the body is waited for no longer.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>
    /// How far the body is behind the slowest rate that is allowed. Bytes that came early count for nothing: who sends
    /// much at once and then no more falls behind like those who never sent.
    /// </summary>
    public TimeSpan Lag => clock.GetElapsedTime(Volatile.Read(ref _behindSince));

    /// <summary>The body is not there yet: its time begins.</summary>
    public void Start()
    {
        var now = clock.GetTimestamp();
        _start = now;
        Volatile.Write(ref _behindSince, now);
        var time = TimeFor(_received);
        _end.CancelAfter(time > WebhookLimits.SmallBodyTime ? time : WebhookLimits.SmallBodyTime);
    }

    /// <summary>So many bytes are there by now. More than a small body's give it more time.</summary>
    public void Received(int bytes)
    {
        var more = bytes - _received;
        _received = bytes;
        if (_start is not { } start)
        {
            return;
        }

        var caughtUp = _behindSince + (long)(TimeFor(more).TotalSeconds * clock.TimestampFrequency);
        Volatile.Write(ref _behindSince, Math.Min(caughtUp, clock.GetTimestamp()));
        if (bytes > WebhookLimits.SmallBodyBytes)
        {
            var left = TimeFor(bytes) - clock.GetElapsedTime(start);
            _end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    /// <summary>Ends the reading now. What waits for it goes on elsewhere, so that this can be called under a lock.</summary>
    public void End() => _ = _end.CancelAsync();

    /// <summary>The same when the sender has gone or the host stops.</summary>
    public CancellationTokenRegistration EndWith(CancellationToken token) =>
        token.UnsafeRegister(static pace => (pace as BodyPace)?._end.Cancel(), this);

    public void Dispose() => _end.Dispose();

    private static TimeSpan TimeFor(int bytes) => WebhookLimits.SmallBodyTime * (bytes / (double)WebhookLimits.SmallBodyBytes);
}
