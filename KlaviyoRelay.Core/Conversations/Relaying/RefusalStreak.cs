namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// Like refusals of a bulk job's events, one after another. When enough events have been refused alone, all alike, from
/// all over the job, and not one of the job was taken, then what is refused is not in the events: the rest of the job
/// shares the verdict. As soon as one event is taken, each of the others gets a verdict of its own.
/// </summary>
public sealed class RefusalStreak
{
    /// <summary>
    /// How many events. If half of a job's events are good, all of these are refused in one job of 4,000; and a job costs
    /// 13 requests where halving it to the end costs twice as many as it has events.
    /// </summary>
    public const int Enough = 12;

    /// <summary>What kind of refusal it is; null before the first.</summary>
    public string? Kind { get; private set; }

    public int Count { get; private set; }

    /// <summary>Whether an event of the job was taken.</summary>
    public bool HasSuccess { get; private set; }

    public void Taken() => (Count, HasSuccess) = (0, true);

    /// <summary>Neither taken nor refused.</summary>
    public void Break() => Count = 0;

    /// <summary>Several events were refused together, which says nothing of each.</summary>
    public void RefusedTogether(string kind) => Count = kind == Kind ? Count : Restart(kind);

    /// <summary>Events were refused by themselves.</summary>
    public void Refused(string kind) => Count = (kind == Kind ? Count : Restart(kind)) + 1;

    private int Restart(string kind)
    {
        Kind = kind;
        return 0;
    }
}
