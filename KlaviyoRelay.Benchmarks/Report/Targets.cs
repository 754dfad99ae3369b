using System.Globalization;
using KlaviyoRelay.Benchmarks.Rows;

namespace KlaviyoRelay.Benchmarks.Report;

/// <summary>What the figures are held against. Ratios are taken within each repetition; the median of them counts.</summary>
internal sealed class Targets
{
    private readonly Dictionary<string, RowResult> _rows;
    private readonly List<TargetResult> _results = [];

    private Targets(IEnumerable<RowResult> rows) => _rows = rows.ToDictionary(row => row.Name);

    /// <summary>The targets of which every row was run.</summary>
    public static IReadOnlyList<TargetResult> Of(IEnumerable<RowResult> rows)
    {
        var targets = new Targets(rows);
        targets.Ratio("CPU per event, deliver-single / floor-single", DeliverSingle.RowName, FloorSingle.RowName, 1.6);
        targets.Ratio("CPU per event, deliver-bulk / floor-bulk", DeliverBulk.RowName, FloorBulk.RowName, 2);
        targets.AtMost("CPU-s per 1,000 events, deliver-bulk", DeliverBulk.RowName, run => run.CpuPerThousand, 0.009, "0.0000", "");
        targets.AtMost("allocated per event, deliver-bulk", DeliverBulk.RowName, run => run.AllocatedPerEvent, 2048, "N0", " bytes");
        targets.AtMost("p99 of a webhook's answer, 32 in flight", Ingest.NameOf(32), run => run.P99 ?? 0, 15, "0.0", " ms");
        targets.AtLeast("webhooks accepted per second, 32 in flight", Ingest.NameOf(32), run => run.PerSecond, 10_000, "N0", "");
        targets.AtMost("peak memory, end-to-end, 100,000 events", EndToEnd.NameOf(100_000), run => run.PeakMegabytes, 180, "0", " MB");
        targets.AtMost("draining 100,000 events with real limits", Drain.NameOf(100_000), run => run.Cost.Seconds, 60, "0.0", " s");
        targets.AtMost("events lost or doubled meanwhile", Drain.NameOf(100_000), run => run.Lost + run.Doubled, 0, "0", "");
        targets.AtMost("start to the first 202, ReadyToRun", Start.ReadyToRunName, run => run.Cost.Seconds * 1000, 600, "0", " ms");
        targets.Ratio("CPU per event, backlog of 100 k / 1 k", Backlog.NameOf(100_000), Backlog.NameOf(1000), 1.1);
        targets.Ratio("CPU per event, 100 accounts / 1", Accounts.NameOf(100), Accounts.NameOf(1), 1.1);
        targets.Ratio("CPU per row without a phone number, records-map / records-floor", RecordsMap.NameOf(hasPhones: false), RecordsFloor.RowName, 2.5);
        foreach (var size in new[] { 100_000, 1_000_000 })
        {
            targets.AtMost($"{size:N0} profiles to the last job accepted", RecordsRun.NameOf(size), run => run.Cost.Seconds, 120, "0.0", " s");
            targets.AtMost($"peak memory, {size:N0} profiles", RecordsRun.NameOf(size), run => run.PeakMegabytes, 250, "0", " MB");
            targets.AtMost("profiles lost or doubled meanwhile", RecordsRun.NameOf(size), run => run.Lost + run.Doubled, 0, "0", "");
            targets.Ratio($"CPU per row, {size:N0} rows compared / read", Changed.NameOf(size, isRead: false), Changed.NameOf(size, isRead: true), 3);
        }

        targets.AtMost("p95 of a card from the relay's memory", Cards.NameOf(isCold: false), run => run.P95 ?? 0, 300, "0.0", " ms");
        targets.AtMost("100,000 members leave a list", ListDelete.NameOf(100_000), run => run.Cost.Seconds, 150, "0.0", " s");
        return targets._results;
    }

    private void Ratio(string what, string row, string yardstick, double target)
    {
        if (_rows.TryGetValue(row, out var measured) && _rows.TryGetValue(yardstick, out var other))
        {
            var ratio = Spread.Of(measured.Runs.Zip(other.Runs, (one, two) => one.CpuPerThousand / two.CpuPerThousand));
            Add(what, ratio.Median, target, "0.00", "x", isMet: ratio.Median <= target);
        }
    }

    private void AtMost(string what, string row, Func<Measurement, double> figure, double target, string format, string unit)
    {
        if (_rows.TryGetValue(row, out var measured))
        {
            var median = measured.Of(figure).Median;
            Add(what, median, target, format, unit, isMet: median <= target);
        }
    }

    private void AtLeast(string what, string row, Func<Measurement, double> figure, double target, string format, string unit)
    {
        if (_rows.TryGetValue(row, out var measured))
        {
            var median = measured.Of(figure).Median;
            Add(what, median, target, format, unit, isMet: median >= target);
        }
    }

    private void Add(string what, double measured, double target, string format, string unit, bool isMet)
    {
        string Text(double number) => number.ToString(format, CultureInfo.InvariantCulture) + unit;
        _results.Add(new TargetResult(what, Text(target), Text(measured), isMet, isMet ? "" : $"{Math.Abs(measured / target - 1):0%}"));
    }
}
