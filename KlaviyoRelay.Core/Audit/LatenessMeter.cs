using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Hosting;

namespace KlaviyoRelay.Core.Audit;

/// <summary>Listens to the histogram of this process, because an audit tells how late events are. What other processes measure is in their telemetry only.</summary>
public sealed class LatenessMeter : IHostedService, IDisposable
{
    // The first bucket ends at a millisecond, each other a tenth further than the one before; the last one ends after a day.
    private const double First = 0.001;
    private const double Growth = 1.1;
    private const int Buckets = 194;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long[]> _accounts = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private DateTimeOffset _since;

    public LatenessMeter(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Another host of the same process has a factory of its own.
            if (instrument.Name == RelayMetricNames.EventLatency && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Count(seconds, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _since = _clock.WallTime();
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Null when no event of the account was measured here.</summary>
    public EventLateness? Find(string account) =>
        _accounts.TryGetValue(account, out var counts) && counts.Sum() is > 0 and var events ? new EventLateness(_since, events, At(counts, events, 0.5), At(counts, events, 0.99)) : null;

    public void Dispose() => _listener.Dispose();

    private void Count(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == RelayTags.Account && value is string account)
            {
                var bucket = seconds <= First ? 0 : Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log(seconds / First, Growth)));
                Interlocked.Increment(ref _accounts.GetOrAdd(account, _ => new long[Buckets])[bucket]);
            }
        }
    }

    private static double At(long[] counts, long events, double share)
    {
        var rank = (long)Math.Ceiling(events * share);
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
        {
            bucket++;
        }

        return Math.Round(First * Math.Pow(Growth, bucket), 3);
    }
}
