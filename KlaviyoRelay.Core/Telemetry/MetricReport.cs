using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// Brings the relay's metrics to Application Insights by way of the Functions host. The host takes a worker's
/// custom metrics, but only while it runs an invocation of that worker (Azure/azure-functions-host,
/// GrpcWorkerChannel: a log without a running invocation is ignored), and it keeps no arguments of a log line
/// (Azure/azure-functions-host issue 7413). So the measurements are added up here and written at the end of an
/// invocation: when no other one is running, because there may be no next one, or a minute after the last time.
/// Each row is paid for, so an instance that is idle again and again writes once a minute too, after a burst of ten:
/// then few invocations lose nothing, and many cost little. What is left over when the instance is taken away is
/// lost, since nothing can be written at its stop. An event costs no more than an addition.
/// </summary>
public sealed class MetricReport : IDisposable
{
    private const int Burst = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentBag<InstrumentTally> _tallies = [];
    private readonly MeterListener _listener = new();
    private readonly MetricWriter _write;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly Lock _turn = new();
    private TimeSpan _lastWrite;

    // Each write takes a minute, beginning when the one before it ends: this far the writes so far reach.
    private TimeSpan _takenUntil;
    private int _running;

    internal MetricReport(IMeterFactory meters, MetricWriter write, TimeProvider clock)
    {
        _write = write;
        _clock = clock;
        _started = clock.GetTimestamp();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Of this host only: a test process has many.
            if (instrument.Meter.Name == RelayTelemetry.Name && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                var tally = new InstrumentTally(instrument);
                _tallies.Add(tally);
                listener.EnableMeasurementEvents(instrument, tally);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => (state as InstrumentTally)?.Add(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => (state as InstrumentTally)?.Add(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => (state as InstrumentTally)?.Add(value, tags));
        _listener.Start();
    }

    /// <summary>Runs an invocation, and writes what was measured when the time has come.</summary>
    /// <param name="invocation">The rest of the invocation.</param>
    public async Task AfterAsync(Func<Task> invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        Interlocked.Increment(ref _running);
        try
        {
            await invocation();
        }
        finally
        {
            if (TakeTurn(isIdle: Interlocked.Decrement(ref _running) == 0))
            {
                Write();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private bool TakeTurn(bool isIdle)
    {
        lock (_turn)
        {
            var now = _clock.GetElapsedTime(_started);
            var mayWrite = now - _lastWrite >= Interval || (isIdle && _takenUntil - now <= (Burst - 1) * Interval);
            if (mayWrite)
            {
                _lastWrite = now;
                _takenUntil = Interval + (_takenUntil > now ? _takenUntil : now);
            }

            return mayWrite;
        }
    }

    private void Write()
    {
        foreach (var tally in _tallies)
        {
            foreach (var (sum, properties) in tally.Take())
            {
                _write(tally.Name, sum, properties);
            }
        }
    }
}
