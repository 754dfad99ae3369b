namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>
/// The webhooks that were refused since the start, by connection and cause: a stranger can't make the list longer. Nothing
/// of a webhook itself is kept.
/// </summary>
internal sealed class RefusedWebhooks(TimeProvider clock)
{
    private const int MaxTimes = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string? Connection, string Outcome), Tally> _tallies = [];

    public void Note(string? connection, string outcome)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (!_tallies.TryGetValue((connection, outcome), out var tally))
            {
                _tallies.Add((connection, outcome), tally = new Tally());
            }

            tally.Add(now);
        }
    }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<RefusedRow> Read()
    {
        lock (_lock)
        {
            return
            [
                .. _tallies.OrderByDescending(pair => pair.Value.Last)
                    .Select(pair => new RefusedRow(pair.Key.Connection, pair.Key.Outcome, RefusalWords.CauseOf(pair.Key.Outcome), RefusalWords.FixOf(pair.Key.Outcome), pair.Value.Count, pair.Value.Times())),
            ];
        }
    }

    public Task<DashboardAnswer> AnswerAsync(HttpRequest request) => Task.FromResult(DashboardAnswer.Of(Read(), DashboardJson.Default.IReadOnlyListRefusedRow));

    private sealed class Tally
    {
        private readonly Queue<DateTimeOffset> _times = new();

        public int Count { get; private set; }

        public DateTimeOffset Last { get; private set; }

        public void Add(DateTimeOffset now)
        {
            (Count, Last) = (Count + 1, now);
            if (_times.Count == MaxTimes)
            {
                _times.Dequeue();
            }

            _times.Enqueue(now);
        }

        public IReadOnlyList<DateTimeOffset> Times() => [.. _times.Reverse()];
    }
}

/// <summary>Webhooks that were refused alike: of which connection (null when the address names none), why, what to do, how many, and when the last of them came.</summary>
internal sealed record RefusedRow(string? Connection, string Outcome, string Cause, string Fix, int Count, IReadOnlyList<DateTimeOffset> Times);
