using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// What one instrument measured since it was last asked, for each set of tags; a histogram's by bucket, so that
/// percentiles can be told over all instances: a row holds how many measurements fell into it and their sum.
/// </summary>
internal sealed class InstrumentTally
{
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series> _series = new(TagComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _byTags;
    private readonly IReadOnlyList<double>? _bounds;

    public InstrumentTally(Instrument instrument)
    {
        Name = instrument.Name;
        _byTags = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _bounds = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries ?? [],
            Histogram<int> histogram => [.. (histogram.Advice?.HistogramBucketBoundaries ?? []).Select(bound => (double)bound)],
            _ => null,
        };
    }

    public string Name { get; }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_byTags.TryGetValue(tags, out var series))
        {
            series = _series.GetOrAdd(tags.ToArray(), static (_, buckets) => new Series(buckets), (_bounds?.Count ?? 0) + 1);
        }

        series.Add(value, _bounds is null ? 0 : BucketOf(value, _bounds));
    }

    /// <summary>What was measured since the last call, for whoever writes it.</summary>
    public IEnumerable<(double Sum, IDictionary<string, object> Properties)> Take()
    {
        foreach (var (tags, series) in _series)
        {
            foreach (var (count, sum) in series.Take())
            {
                var properties = tags.ToDictionary(tag => tag.Key, tag => tag.Value ?? "");
                if (_bounds is not null)
                {
                    properties[RelayTags.Count] = count;
                }

                yield return (sum, properties);
            }
        }
    }

    private static int BucketOf(double value, IReadOnlyList<double> bounds)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        return bucket;
    }

    /// <summary>One set of tags: how many and how much in each bucket.</summary>
    private sealed class Series(int buckets)
    {
        private readonly Lock _lock = new();
        private readonly (int Count, double Sum)[] _buckets = new (int, double)[buckets];

        public void Add(double value, int bucket)
        {
            lock (_lock)
            {
                _buckets[bucket].Count++;
                _buckets[bucket].Sum += value;
            }
        }

        public List<(int Count, double Sum)> Take()
        {
            lock (_lock)
            {
                var taken = _buckets.Where(bucket => bucket.Count > 0).ToList();
                Array.Clear(_buckets);
                return taken;
            }
        }
    }
}
