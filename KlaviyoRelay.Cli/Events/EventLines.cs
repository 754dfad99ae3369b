using Spectre.Console;

namespace KlaviyoRelay.Cli.Events;

/// <summary>Events for a person to read, a line each. A line has no more than 80 characters for names of up to 11.</summary>
internal sealed class EventLines(IAnsiConsole console)
{
    private const int IdLength = 8;

    public void Write(ListedEvent one)
    {
        var line = new Paragraph()
            .Append($"{CliTime.Text(one.At)}  {one.Id[..Math.Min(IdLength, one.Id.Length)]}  {one.What,-18}  ")
            .Append($"{one.State,-9}", new Style(ColorOf(one.State)));
        Line(one.Detail.Length > 0 ? line.Append($"  {one.Detail}") : line);
    }

    public void Write(ShownEvent shown)
    {
        var (row, grid) = (shown.Row, new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn());
        foreach (var (name, value) in new[]
        {
            ("Event", row.Id), ("What", row.What), ("Account", row.Account), ("Conversation", row.Conversation ?? ""), ("Customer", row.Customer ?? ""), ("Emails", string.Join(", ", row.Emails)),
            ("State", row.Detail.Length > 0 ? $"{row.State}: {row.Detail}" : row.State), ("First seen", CliTime.Text(row.At)),
        })
        {
            if (value.Length > 0)
            {
                grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
            }
        }

        console.Write(grid);
        Line(new Paragraph());
        var way = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var entry in shown.Timeline)
        {
            way.AddRow(new Text(CliTime.Text(entry.At), new Style(Color.Grey)), new Text(entry.Text));
        }

        console.Write(way);
        if (shown.Attempts.Count > 0)
        {
            Write(shown.Attempts, shown.AttemptsLeftOut);
        }
    }

    private void Write(IReadOnlyList<ShownAttempt> attempts, int leftOut)
    {
        Line(new Paragraph());
        Line(new Paragraph(leftOut > 0 ? $"Tries to record it (the first {leftOut} are not kept):" : "Tries to record it:"));
        var tries = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var attempt in attempts)
        {
            tries.AddRow(new Text(CliTime.Text(attempt.At), new Style(Color.Grey)), new Text(attempt.Answer));
            tries.AddRow(new Text(""), new Text(attempt.Sent));
            tries.AddRow(new Text(""), new Text(attempt.Known));
            if (attempt.Wait is { } wait)
            {
                tries.AddRow(new Text(""), new Text(wait));
            }
        }

        console.Write(tries);
    }

    private void Line(Paragraph line)
    {
        console.Write(line);
        console.WriteLine();
    }

    private static Color ColorOf(string state) => state switch
    {
        "delivered" => Color.Green,
        "rejected" => Color.Red,
        "throttled" => Color.Yellow,
        _ => Color.Grey,
    };
}
