using System.Globalization;
using KlaviyoRelay.Core.Records.Runs;
using Spectre.Console;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>Syncs and runs for a person to read.</summary>
internal sealed class SyncTables(IAnsiConsole console)
{
    public void Write(IReadOnlyList<ListedSync> syncs)
    {
        var table = Create("Sync", "Makes", "Account", "List or metric", "Columns");
        foreach (var sync in syncs)
        {
            Add(table, sync.Name, sync.Makes, sync.Account, sync.List ?? sync.Event ?? "", string.Join(", ", sync.Columns));
        }

        console.Write(table);
    }

    public void Write(RunReports runs)
    {
        if (Narrow.Is(console))
        {
            WriteNarrow(runs);
            return;
        }

        var table = Create("Accepted", "Run", "Status", "Read", "Loaded", "Without result", "Rejected", "Superseded", "Held");
        foreach (var run in runs.Runs)
        {
            var rows = run.Rows;
            Add(table, CliTime.Text(run.AcceptedAt), run.Run, StatusOf(run), Number(rows.Read), Number(rows.Loaded), Number(rows.AcceptedWithoutResult), Number(rows.Rejected), Number(rows.Superseded), Number(rows.Held));
        }

        console.Write(table);
    }

    // A run's id takes half a line, and is needed whole.
    private void WriteNarrow(RunReports runs)
    {
        foreach (var run in runs.Runs)
        {
            var rows = run.Rows;
            Line($"{CliTime.Text(run.AcceptedAt)}  {run.Run}  {StatusOf(run)}");
            Line($"  {rows.Read} read, {rows.Loaded} loaded, {rows.AcceptedWithoutResult} without result, {rows.Rejected} rejected, {rows.Superseded} superseded, {rows.Held} held");
        }
    }

    public void Write(RunReport run)
    {
        Line($"Run {run.Run} of {run.Sync}: {StatusOf(run)}, accepted {CliTime.Text(run.AcceptedAt)}{(run.EndedAt is { } ended ? $", ended {CliTime.Text(ended)}" : "")}, {Count(run.Parts.Count, "part")}.");
        Write(
            ("read", run.Rows.Read),
            ("loaded", run.Rows.Loaded),
            ("accepted without result", run.Rows.AcceptedWithoutResult),
            ("rejected", run.Rows.Rejected),
            ("superseded", run.Rows.Superseded),
            ("held", run.Rows.Held));
        foreach (var note in run.Notes)
        {
            Line(note);
        }
    }

    public void Write(DryRun run)
    {
        Write([("read", run.Read), ("would be sent", run.Sent), ("rejected", run.Rejected), .. run.Reasons.Select(reason => ($"  {reason.Key}", reason.Value)), ("superseded", run.Superseded), ("warnings", run.Warnings)]);
        var megabytes = (run.Forecast.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
        Line($"It would go in {Count(run.Parts, "part")} and take {Count(run.Forecast.Requests, "request")} ({Count(run.Forecast.Jobs, "job")}, {megabytes} MB): at least {Count(run.Forecast.Minutes, "minute")} within the account's limits. Nothing was sent.");
    }

    private void Write(params IReadOnlyList<(string Bucket, int Count)> rows)
    {
        var table = Create("Rows", "").HideHeaders();
        table.Columns[1].RightAligned();
        foreach (var (bucket, count) in rows)
        {
            Add(table, bucket, Number(count));
        }

        console.Write(table);
    }

    private static Table Create(params IEnumerable<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            // A long list of columns may go on in the next line; a name or an id may not.
            var added = new TableColumn(new Text(column));
            table.AddColumn(column == "Columns" ? added : added.NoWrap());
        }

        return table;
    }

    private static void Add(Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string StatusOf(RunReport run) => run.Status switch
    {
        RunStatus.Reading => "being read",
        RunStatus.Sending => "being sent",
        _ => "ended",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(int number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    private void Line(string text)
    {
        console.Write(new Text(text));
        console.WriteLine();
    }
}
