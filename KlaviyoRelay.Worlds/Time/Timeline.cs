namespace KlaviyoRelay.Worlds.Time;

/// <summary>
/// The time of one world, and everything that is due in it. One thread plays it: what is due first runs first, and of what is
/// due at once what was asked for first. So the same seed always has the same history.
/// </summary>
/// <param name="start">The time of day when it begins.</param>
/// <param name="mostSteps">After so many steps it does not go on: a world of 205 conversations takes some 12,000.</param>
internal sealed class Timeline(DateTimeOffset start, int mostSteps = 5_000_000)
{
    private const int MostAtOnce = 100_000;

    private readonly PriorityQueue<Due, Turn> _due = new();
    private readonly Thread _thread = Thread.CurrentThread;
    private long _asked;
    private int _atOnce;

    /// <summary>Ticks since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>How many steps it has taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The true time of day, which no clock of an instance shows exactly.</summary>
    public DateTimeOffset Time => start.AddTicks(Now);

    /// <summary>Whether something ran on another thread than the world's: then its history is not the seed's alone.</summary>
    public bool HasLeftItsThread { get; private set; }

    public Due After(TimeSpan wait, Action act) => At(Now + Math.Max(0, wait.Ticks), act);

    public Due At(long ticks, Action act)
    {
        HasLeftItsThread |= Thread.CurrentThread != _thread;
        var due = new Due(act);
        _due.Enqueue(due, new Turn(Math.Max(ticks, Now), _asked++));
        return due;
    }

    /// <summary>Is done after a while.</summary>
    public Task WaitAsync(TimeSpan wait)
    {
        var over = new TaskCompletionSource();
        After(wait, over.SetResult);
        return over.Task;
    }

    /// <summary>Plays what is due next; false when nothing is, or not before the end.</summary>
    /// <exception cref="StandstillException">Things happen without end, and time does not go on.</exception>
    public bool Step(long end)
    {
        while (_due.TryPeek(out var due, out var turn) && turn.Ticks <= end)
        {
            _due.Dequeue();
            if (due.Act is not { } act)
            {
                continue;
            }

            _atOnce = turn.Ticks == Now ? _atOnce + 1 : 0;
            if (++Steps > mostSteps || _atOnce > MostAtOnce)
            {
                throw new StandstillException(FormattableString.Invariant($"After {Steps} steps, {_atOnce} of them at this moment, there is still more to do; the next is {act.Method.DeclaringType?.FullName}.{act.Method.Name}."));
            }

            Now = turn.Ticks;
            due.Cancel();
            act();
            return true;
        }

        Now = end;
        return false;
    }

    private readonly record struct Turn(long Ticks, long Asked) : IComparable<Turn>
    {
        public int CompareTo(Turn other) => Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Asked.CompareTo(other.Asked);
    }
}

/// <summary>Something that is due at a time.</summary>
internal sealed class Due(Action act)
{
    /// <summary>Null when it has run, or is not wanted any more.</summary>
    public Action? Act { get; private set; } = act;

    public void Cancel() => Act = null;
}

/// <summary>A world in which things happen without end.</summary>
internal sealed class StandstillException(string message) : Exception(message);
