namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>
/// Counts for each of the last 15 minutes' seconds, and totals since the start. Latencies are kept by bucket, each a
/// quarter wider than the one before, which is how exact the percentiles are. 900 seconds of 60 numbers: 220 KB.
/// </summary>
internal sealed class CounterRing(TimeProvider clock)
{
    public const int Seconds = 900;

    /// <summary>Over how many seconds rates are taken.</summary>
    public const int RateSeconds = 10;

    // Few events a second: a percentile of one second would jump about.
    private const int LatencySeconds = 60;

    private static readonly int Kinds = Enum.GetValues<Counted>().Length;

    private readonly Lock _lock = new();
    private readonly Second[] _ring = [.. Enumerable.Range(0, Seconds).Select(_ => new Second())];
    private readonly long[] _totals = new long[Kinds];
    private readonly WebhookCounts _webhooks = new();

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
            _totals[(int)Counted.Delivered]++;
            var second = Current();
            second.Counts[(int)Counted.Delivered]++;
            if (latency is { } time)
            {
                second.Latencies[LatencyBuckets.Of(time.TotalMilliseconds)]++;
            }
        }
    }

    public void Webhook(string outcome)
    {
        lock (_lock)
        {
            _webhooks.Add(outcome);
        }
    }

    public long Total(Counted what)
    {
        lock (_lock)
        {
            return _totals[(int)what];
        }
    }

    public WebhookTotals Webhooks()
    {
        lock (_lock)
        {
            return _webhooks.Totals();
        }
    }

    /// <summary>The mean of the last complete seconds.</summary>
    public double PerSecond(Counted what)
    {
        lock (_lock)
        {
            var now = Now();
            return Enumerable.Range(1, RateSeconds).Sum(ago => At(now - ago)?.Counts[(int)what] ?? 0) / (double)RateSeconds;
        }
    }

    /// <summary>
    /// The complete seconds after one, without those in which nothing happened, at most 15 minutes of them; and the last
    /// complete second, to ask with next.
    /// </summary>
    /// <param name="second">Unix time in seconds; 0 for all.</param>
    public (IReadOnlyList<RatePoint> Points, long Last) Since(long second)
    {
        lock (_lock)
        {
            var now = Now();
            var from = Math.Max(second + 1, now - Seconds + 1);
            var points = new List<RatePoint>();
            for (var time = from; time < now; time++)
            {
                if (Point(time) is { } point && (At(time) is not null || point.P50 is not null))
                {
                    points.Add(point);
                }
            }

            return (points, now - 1);
        }
    }

    private RatePoint Point(long time)
    {
        var counts = At(time)?.Counts ?? new int[Kinds];
        var latencies = new int[LatencyBuckets.Count];
        for (var ago = 0; ago < LatencySeconds; ago++)
        {
            LatencyBuckets.AddTo(latencies, At(time - ago)?.Latencies);
        }

        return new RatePoint(
            time,
            counts[(int)Counted.Accepted],
            counts[(int)Counted.Delivered],
            counts[(int)Counted.Throttled],
            counts[(int)Counted.Rejected],
            LatencyBuckets.Percentile(latencies, 0.5),
            LatencyBuckets.Percentile(latencies, 0.95),
            LatencyBuckets.Percentile(latencies, 0.99));
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds();

    private Second? At(long time) => time >= 0 && _ring[time % Seconds] is { } second && second.Time == time ? second : null;

    private Second Current()
    {
        var now = Now();
        var second = _ring[now % Seconds];
        if (second.Time != now)
        {
            second.Begin(now);
        }

        return second;
    }

    private sealed class Second
    {
        public long Time { get; private set; } = -1;

        public int[] Counts { get; } = new int[Kinds];

        public int[] Latencies { get; } = new int[LatencyBuckets.Count];

        public void Begin(long time)
        {
            Time = time;
            Array.Clear(Counts);
            Array.Clear(Latencies);
        }
    }
}
