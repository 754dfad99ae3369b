using System.Globalization;
using KlaviyoRelay.CommandLine;
using Spectre.Console;

namespace KlaviyoRelay.Benchmarks.Report;

/// <summary>Shows a report as two tables.</summary>
internal static class BenchTables
{
    private const string None = "";

    public static void Write(BenchReport report)
    {
        var console = Terminal.Output();
        // A row is a line, also on a terminal: the tables are copied into docs/performance.md.
        console.Profile.Width = 320;
        console.WriteLine($"{report.Machine}; {report.Seconds:0} s; medians of the runs, least and most in brackets");
        console.Write(Rows(report.Rows));
        console.Write(TargetTable(report.Targets));
    }

    private static Table Rows(IEnumerable<RowResult> rows)
    {
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumns("row", "runs", "events", "CPU-s per 1,000", "bytes allocated per event", "peak MB", "per second", "p50 ms", "p99 ms", "requests", "look-ups", "connections", "queue's CPU-s per 1,000", "lost, doubled");
        foreach (var row in rows)
        {
            table.AddRow(Cells(row).Select(cell => cell.EscapeMarkup()).ToArray());
        }

        return table;
    }

    private static string[] Cells(RowResult row) =>
    [
        row.Name,
        $"{row.Runs.Count}",
        Text(row, run => run.Events, "N0", withRange: false),
        Text(row, run => run.CpuPerThousand, "0.0000"),
        row.Runs.Any(run => run.Cost.AllocatedBytes > 0) ? Text(row, run => run.AllocatedPerEvent, "N0") : None,
        Text(row, run => run.PeakMegabytes, "0"),
        Text(row, run => run.PerSecond, "N0"),
        row.Runs.Any(run => run.P50 is null) ? None : Text(row, run => run.P50 ?? 0, "0.00"),
        row.Runs.Any(run => run.P99 is null) ? None : Text(row, run => run.P99 ?? 0, "0.0"),
        Text(row, run => run.Requests, "N0"),
        Text(row, run => run.LookUps, "N0"),
        Text(row, run => run.Connections, "N0"),
        row.Runs.Any(run => run.QueueCpuSeconds is null) ? None : Text(row, run => (run.QueueCpuSeconds ?? 0) * 1000 / run.Events, "0.000"),
        $"{row.Runs.Sum(run => run.Lost)}, {row.Runs.Sum(run => run.Doubled)}",
    ];

    private static string Text(RowResult row, Func<Measurement, double> figure, string format, bool withRange = true)
    {
        var spread = row.Of(figure);
        var text = spread.Median.ToString(format, CultureInfo.InvariantCulture);
        return !withRange || spread.Least == spread.Most
            ? text
            : $"{text} ({spread.Least.ToString(format, CultureInfo.InvariantCulture)}-{spread.Most.ToString(format, CultureInfo.InvariantCulture)})";
    }

    private static Table TargetTable(IEnumerable<TargetResult> targets)
    {
        var table = new Table().Border(TableBorder.Markdown);
        table.AddColumns("what", "target", "measured", "");
        foreach (var target in targets)
        {
            table.AddRow(target.What.EscapeMarkup(), target.Target.EscapeMarkup(), target.Measured.EscapeMarkup(), (target.IsMet ? "met" : $"missed by {target.MissedBy}").EscapeMarkup());
        }

        return table;
    }
}
