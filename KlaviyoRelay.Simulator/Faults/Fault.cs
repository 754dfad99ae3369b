namespace KlaviyoRelay.Simulator.Faults;

/// <summary>A fault in force. Counters decide, never chance, so that a test that failed fails again.</summary>
internal sealed class Fault(string id, FaultRule rule)
{
    private readonly Lock _gate = new();
    private long _met;
    private long _hits;

    public string Id => id;

    public FaultRule Rule => rule;

    public long Hits
    {
        get
        {
            lock (_gate)
            {
                return _hits;
            }
        }
    }

    public bool TryHit(string target, string method, string path, string? key)
    {
        if (!rule.Meets(target, method, path, key))
        {
            return false;
        }

        lock (_gate)
        {
            _met++;
            var hit = rule switch
            {
                { Next: { } next } => _hits < next,
                { EveryNth: { } nth } => _met % nth == 0,
                // Spreads the hits evenly: the n-th request is hit when the share's running total passes a whole number.
                { Share: { } share } => Math.Floor(_met * share) > Math.Floor((_met - 1) * share),
                _ => true,
            };
            _hits += hit ? 1 : 0;
            return hit;
        }
    }
}
