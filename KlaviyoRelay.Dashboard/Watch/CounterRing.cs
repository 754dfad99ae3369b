namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What is counted by the second. From <see cref="Delivered"/> on it is events by email.</summary>
internal enum Counted
{
    Accepted,
    Taken,
    Delivered,
    Throttled,
    Rejected,
    Released,
    Skipped,
}

/// <summary>
/// Counts for each of the last 15 minutes' seconds in which something happened, and totals since the start. Latencies are
/// kept by bucket, which is how exact the percentiles are.
/// </summary>
internal sealed class CounterRing(TimeProvider clock)
{
    public const int Seconds = 900;

    private const int RateSeconds = 10;

    // Few events a second: a percentile of one second would jump about.
    private const int LatencySeconds = 60;

    private static readonly int Kinds = Enum.GetValues<Counted>().Length;

    private readonly Lock _lock = new();
    private readonly Second?[] _ring = new Second?[Seconds];
    private readonly long[] _totals = new long[Kinds];
    private WebhookTotals _webhooks = new(0, 0, 0);

    public void Count(Counted what, int count = 1)
    {
        lock (_lock)
        {
            _totals[(int)what] += count;
            Current().Counts[(int)what] += count;
        }
    }

    public void Delivered(TimeSpan? latency)
    {
        lock (_lock)
        {
            Count(Counted.Delivered);
            if (latency is { } time)
            {
                Current().Latencies[LatencyBuckets.Of(time.TotalMilliseconds)]++;
            }
        }
    }

    public void Webhook(string outcome)
    {
        lock (_lock)
        {
            _webhooks = outcome switch
            {
                "accepted" => _webhooks with { Accepted = _webhooks.Accepted + 1 },
                "ignored" => _webhooks with { Ignored = _webhooks.Ignored + 1 },
                _ => _webhooks with { Refused = _webhooks.Refused + 1 },
            };
        }
    }

    public WebhookTotals Webhooks() => _webhooks;

    public long Total(Counted what)
    {
        lock (_lock)
        {
            return _totals[(int)what];
        }
    }

    public double PerSecond(Counted what)
    {
        lock (_lock)
        {
            var now = Now();
            return Enumerable.Range(1, RateSeconds).Sum(ago => At(now - ago)?.Counts[(int)what] ?? 0) / (double)RateSeconds;
        }
    }

    /// <summary>
    /// The complete seconds after one, without those in which nothing happened and none of the minute before was delivered;
    /// and the last complete second, to ask with next.
    /// </summary>
    /// <param name="last">Unix time in seconds; 0 for all.</param>
    public (IReadOnlyList<RatePoint> Points, long Last) Since(long last)
    {
        lock (_lock)
        {
            var now = Now();
            var points = new List<RatePoint>();
            for (var time = Math.Max(last + 1, now - Seconds + 1); time < now; time++)
            {
                if (Point(time) is { } point)
                {
                    points.Add(point);
                }
            }

            return (points, now - 1);
        }
    }

    private RatePoint? Point(long time)
    {
        var latencies = new int[LatencyBuckets.Count];
        for (var ago = 0; ago < LatencySeconds; ago++)
        {
            LatencyBuckets.AddTo(latencies, At(time - ago)?.Latencies);
        }

        var (counts, median) = (At(time)?.Counts, LatencyBuckets.Percentile(latencies, 0.5));
        int Of(Counted what) => counts?[(int)what] ?? 0;
        return counts is null && median is null ? null : new RatePoint(
            time,
            Of(Counted.Accepted),
            Of(Counted.Delivered),
            Of(Counted.Throttled),
            Of(Counted.Rejected),
            median,
            LatencyBuckets.Percentile(latencies, 0.95),
            LatencyBuckets.Percentile(latencies, 0.99));
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds();

    private Second? At(long time) => time >= 0 && _ring[time % Seconds] is { } second && second.Time == time ? second : null;

    private Second Current()
    {
        var now = Now();
        return At(now) ?? (_ring[now % Seconds] = new Second(now, new int[Kinds], new int[LatencyBuckets.Count]));
    }

    private sealed record Second(long Time, int[] Counts, int[] Latencies);
}
