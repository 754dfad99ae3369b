namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>What all accounts recorded, and what they let go.</summary>
internal sealed class EventLog
{
    private readonly Lock _gate = new();
    private readonly List<RecordedEvent> _events = [];
    private Counts _counts;

    public Counts Current
    {
        get
        {
            lock (_gate)
            {
                return _counts with { Recorded = _events.Count };
            }
        }
    }

    public void Append(RecordedEvent recorded)
    {
        lock (_gate)
        {
            _events.Add(recorded with { Sequence = _events.Count + 1 });
        }
    }

    public void CountDuplicate() => Count(counts => counts with { Duplicates = counts.Duplicates + 1 });

    public void CountReserved() => Count(counts => counts with { Reserved = counts.Reserved + 1 });

    public void CountBulk(int events) => Count(counts => counts with { LargestBulk = Math.Max(counts.LargestBulk, events) });

    public IReadOnlyList<RecordedEvent> After(long sequence)
    {
        lock (_gate)
        {
            var skip = (int)Math.Clamp(sequence, 0, _events.Count);
            return _events.GetRange(skip, _events.Count - skip);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _events.Clear();
            _counts = default;
        }
    }

    private void Count(Func<Counts, Counts> change)
    {
        lock (_gate)
        {
            _counts = change(_counts);
        }
    }

    /// <param name="Recorded">Events recorded so far; the sequence of the last one.</param>
    /// <param name="Duplicates">Events whose unique_id the profile and metric already had.</param>
    /// <param name="Reserved">Events for addresses such as example.com, recorded or not.</param>
    /// <param name="LargestBulk">Events in the largest bulk job accepted.</param>
    internal readonly record struct Counts(long Recorded, long Duplicates, long Reserved, int LargestBulk);
}
