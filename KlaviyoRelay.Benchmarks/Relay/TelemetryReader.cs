using System.Diagnostics;
using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>Listens to every span and number of the relay, as an exporter would, so that they are made and not skipped.</summary>
internal sealed class TelemetryReader : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities = new()
    {
        ShouldListenTo = source => source.Name == RelayTelemetry.Name,
        Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    private long _sum;

    public TelemetryReader()
    {
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RelayTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref _sum, measurement));
        _meters.SetMeasurementEventCallback<double>((_, measurement, _, _) => Interlocked.Add(ref _sum, (long)measurement));
        _meters.Start();
    }

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }
}
