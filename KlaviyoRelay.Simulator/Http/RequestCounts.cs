namespace KlaviyoRelay.Simulator.Http;

/// <summary>How many requests each service got, how they were answered, and the busiest second of each.</summary>
internal sealed class RequestCounts(TimeProvider time)
{
    /// <summary>Counted instead of a status for a request whose connection a fault cut.</summary>
    public const string Dropped = "dropped";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<string, long>> _byStatus = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _byRoute = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _throttled = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Second> _seconds = new(StringComparer.Ordinal);

    public void Arrived(string service, string route)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            _byRoute[route] = _byRoute.GetValueOrDefault(route) + 1;
            var last = _seconds.GetValueOrDefault(service);
            var requests = last.Number == second ? last.Requests + 1 : 1;
            _seconds[service] = new Second(second, requests, Math.Max(last.Most, requests));
        }
    }

    public void Answered(string service, string status, string? throttledRoute = null)
    {
        lock (_gate)
        {
            if (throttledRoute is not null)
            {
                _throttled[throttledRoute] = _throttled.GetValueOrDefault(throttledRoute) + 1;
            }

            if (!_byStatus.TryGetValue(service, out var statuses))
            {
                _byStatus[service] = statuses = new SortedDictionary<string, long>(StringComparer.Ordinal);
            }

            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }
    }

    public IReadOnlyDictionary<string, long> ByStatus(string service)
    {
        lock (_gate)
        {
            return _byStatus.TryGetValue(service, out var statuses)
                ? new SortedDictionary<string, long>(statuses, StringComparer.Ordinal)
                : new SortedDictionary<string, long>(StringComparer.Ordinal);
        }
    }

    public IReadOnlyDictionary<string, long> ByRoute()
    {
        lock (_gate)
        {
            return new SortedDictionary<string, long>(_byRoute, StringComparer.Ordinal);
        }
    }

    /// <summary>The requests that were answered with 429.</summary>
    public IReadOnlyDictionary<string, long> ThrottledByRoute()
    {
        lock (_gate)
        {
            return new SortedDictionary<string, long>(_throttled, StringComparer.Ordinal);
        }
    }

    public int MostInOneSecond(string service)
    {
        lock (_gate)
        {
            return _seconds.GetValueOrDefault(service).Most;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _byStatus.Clear();
            _byRoute.Clear();
            _throttled.Clear();
            _seconds.Clear();
        }
    }

    private readonly record struct Second(long Number, int Requests, int Most);
}
