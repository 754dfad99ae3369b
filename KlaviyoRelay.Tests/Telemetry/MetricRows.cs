using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>What a relay's <see cref="MetricReport"/> hands to the Functions host.</summary>
internal sealed class MetricRows : IDisposable
{
    private readonly ConcurrentQueue<MetricRow> _rows = new();

    public MetricRows(RelayFixture relay)
    {
        Report = new MetricReport(
            relay.Get<IMeterFactory>(),
            (name, sum, properties) => _rows.Enqueue(new MetricRow(name, sum, properties.AsReadOnly())),
            relay.Clock);
    }

    public MetricReport Report { get; }

    public IReadOnlyList<MetricRow> Written => [.. _rows];

    /// <summary>Ends an invocation, and takes what was written since the last call.</summary>
    public async Task<IReadOnlyList<MetricRow>> TakeAsync()
    {
        await Report.AfterAsync(() => Task.CompletedTask);
        var rows = Written;
        _rows.Clear();
        return rows;
    }

    public void Dispose() => Report.Dispose();
}
