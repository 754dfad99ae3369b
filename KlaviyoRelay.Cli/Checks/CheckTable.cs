using System.Globalization;
using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using Spectre.Console;

namespace KlaviyoRelay.Cli.Checks;

/// <summary>What was checked, for a person to read: a table for each connection, and what came of it.</summary>
internal sealed class CheckTable(IAnsiConsole console)
{
    public void Write(IReadOnlyList<CheckReport> reports)
    {
        foreach (var report in reports)
        {
            if (Narrow.Is(console))
            {
                WriteList(report);
            }
            else
            {
                console.Write(TableOf(report));
            }
        }

        foreach (var report in reports)
        {
            Line($"{report.Connection ?? report.Account}: {Summary(report)}");
        }
    }

    private void WriteList(CheckReport report)
    {
        Narrow.WriteHeading(console, TitleOf(report));
        foreach (var line in report.Checks)
        {
            var (word, color) = Result(line.Outcome);
            Narrow.WriteItem(console, word, color, line.Subject, SaidOf(line));
        }

        console.WriteLine();
    }

    private static string TitleOf(CheckReport report) => report.Connection is { } connection ? $"Connection {connection}" : $"Account {report.Account}";

    private static string SaidOf(CheckLine line) => line.Fix is null ? line.Detail : $"{line.Detail}: {line.Fix}";

    private static Table TableOf(CheckReport report)
    {
        var table = new Table { Border = TableBorder.Simple }
            .AddColumn(new TableColumn(new Text(TitleOf(report))).NoWrap())
            .AddColumn(new TableColumn("Result").NoWrap())
            .AddColumn("What was found, and what to do");
        foreach (var line in report.Checks)
        {
            var (word, color) = Result(line.Outcome);
            table.AddRow(new Text(line.Subject), new Text(word, new Style(color)), new Text(SaidOf(line)));
        }

        return table;
    }

    private static (string Word, Color Color) Result(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Ok => ("ok", Color.Green),
        CheckOutcome.Warning => ("warning", Color.Yellow),
        CheckOutcome.NotNeeded => ("not needed", Color.Grey),
        CheckOutcome.Failed => ("failed", Color.Red),
        _ => ("unknown", Color.Yellow),
    };

    private static string Summary(CheckReport report)
    {
        string Part(CheckOutcome outcome, string word) =>
            report.Checks.Count(line => line.Outcome == outcome) is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $"{count} {word}") : "";
        string[] parts = [Part(CheckOutcome.Failed, "failed"), Part(CheckOutcome.Unknown, "could not be told")];
        return report.Ok ? "ok." : $"{string.Join(", ", parts.Where(part => part.Length > 0))}.";
    }

    private void Line(string text)
    {
        console.Write(new Text(text));
        console.WriteLine();
    }
}
