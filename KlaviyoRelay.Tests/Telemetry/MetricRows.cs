using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>What the meter of one host measures, added up for each set of tags. A test process has many hosts.</summary>
internal sealed class MetricRows : IDisposable
{
    private readonly ConcurrentQueue<MetricRow> _measured = new();
    private readonly MeterListener _listener = new();

    public MetricRows(RelayFixture relay)
        : this(relay.Get<IMeterFactory>())
    {
    }

    public MetricRows(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RelayTelemetry.Name && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was measured since the last call.</summary>
    public IReadOnlyList<MetricRow> Take()
    {
        var measured = new List<MetricRow>();
        while (_measured.TryDequeue(out var one))
        {
            measured.Add(one);
        }

        return [.. measured.GroupBy(one => (one.Name, one.Tags)).Select(group => group.First() with { Sum = group.Sum(one => one.Sum) })];
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue(new MetricRow(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => $"{tag.Value}")));
}
