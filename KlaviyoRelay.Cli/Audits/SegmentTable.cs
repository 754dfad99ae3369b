using KlaviyoRelay.Core.Audit.Segments;
using Spectre.Console;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>Segments for a person to read.</summary>
internal sealed class SegmentTable(IAnsiConsole console)
{
    public void Write(SegmentReport report)
    {
        if (Narrow.Is(console))
        {
            WriteList(report);
            return;
        }

        var table = new Table { Border = TableBorder.Simple }
            .AddColumn(new TableColumn($"Segment of {report.Account}"))
            .AddColumn(new TableColumn("State").NoWrap())
            .AddColumn("What to know, and what to do");
        foreach (var item in report.Items)
        {
            var (word, color) = State(item.State);
            table.AddRow(new Text(item.Name), new Text(word, new Style(color)), new Text(Detail(item)));
        }

        console.Write(table);
    }

    private void WriteList(SegmentReport report)
    {
        Narrow.WriteHeading(console, $"Segments of {report.Account}");
        foreach (var item in report.Items)
        {
            var (word, color) = State(item.State);
            Narrow.WriteItem(console, word, color, item.Name, Detail(item));
        }

        console.WriteLine();
    }

    private static string Detail(SegmentItem item) => item.State == SegmentState.Differs ? $"{item.Detail} --repair gives it the wanted ones." : item.Detail ?? "";

    private static (string Word, Color Color) State(SegmentState state) => state switch
    {
        SegmentState.Missing => ("missing", Color.Yellow),
        SegmentState.Differs => ("differs", Color.Yellow),
        SegmentState.Created => ("created", Color.Green),
        SegmentState.Repaired => ("repaired", Color.Green),
        SegmentState.NotPossible => ("not possible", Color.Grey),
        SegmentState.Failed => ("failed", Color.Red),
        _ => ("ok", Color.Green),
    };
}
