namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>
/// The bodies that are waited for while nothing proves who sends them: those of signed webhooks, which the body itself has to prove, and of whatever has wrong headers. They are
/// limited in number, and the slowest gives way to the next one, so that no number of slow strangers keeps a genuine
/// webhook out, also where both come from one address and know the connection's name. Each connection has some places
/// of its own, which are taken first: whatever is sent to the others, these are free.
/// </summary>
public sealed class UnprovenBodies(int shared, int reserved)
{
    private readonly Lock _lock = new();
    private readonly HashSet<BodyPace> _shared = [];
    private readonly Dictionary<string, HashSet<BodyPace>> _reserved = new(StringComparer.Ordinal);

    public UnprovenBodies()
        : this(WebhookLimits.MaxUnproven, WebhookLimits.ReservedUnproven)
    {
    }

    /// <summary>How many are waited for.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _shared.Count + _reserved.Values.Sum(own => own.Count);
            }
        }
    }

    /// <summary>A place for a body that is not there yet; to be given back when it is.</summary>
    /// <param name="connection">The name of a connection that there is.</param>
    /// <param name="pace">The body's, which is ended when it is the slowest and another one comes.</param>
    public IDisposable Enter(string connection, BodyPace pace)
    {
        lock (_lock)
        {
            if (!_reserved.TryGetValue(connection, out var own))
            {
                _reserved[connection] = own = [];
            }

            var place = own.Count < reserved ? own
                : _shared.Count < shared ? _shared
                : Vacate(own);
            place.Add(pace);
            return new Place(this, place, pace);
        }
    }

    private HashSet<BodyPace> Vacate(HashSet<BodyPace> own)
    {
        var slowest = own.Concat(_shared).MaxBy(pace => pace.Lag) ?? throw new InvalidOperationException("All places are taken, and none is.");
        slowest.End();
        if (own.Remove(slowest))
        {
            return own;
        }

        _shared.Remove(slowest);
        return _shared;
    }

    private sealed class Place(UnprovenBodies bodies, HashSet<BodyPace> place, BodyPace pace) : IDisposable
    {
        public void Dispose()
        {
            lock (bodies._lock)
            {
                place.Remove(pace);
            }
        }
    }
}
