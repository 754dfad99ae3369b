using System.Globalization;
using KlaviyoRelay.Core.Audit.Leaks;
using Spectre.Console;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>Leaks for a person to read: marketing first, then the most.</summary>
internal sealed class LeakTable(IAnsiConsole console)
{
    public void Write(LeakReport report)
    {
        if (Narrow.Is(console))
        {
            WriteList(report);
        }
        else if (report.Items.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple }
                .AddColumn(new TableColumn("From").NoWrap())
                .AddColumn(new TableColumn("Name"))
                .AddColumn(new TableColumn("Message"))
                .AddColumn(new TableColumn("Kind").NoWrap())
                .AddColumn(new TableColumn("Messages").RightAligned().NoWrap())
                .AddColumn(new TableColumn("Profiles").RightAligned().NoWrap());
            foreach (var item in report.Items)
            {
                var (word, color) = Nature(item.Nature);
                table.AddRow(new Text(item.Kind), new Text(item.Name), new Text(item.Message ?? ""), new Text(word, new Style(color)), Number(item.Messages), Number(item.Profiles.Count));
            }

            console.Write(table);
        }

        console.Write(new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Account}, {CliTime.Text(report.Since)} to {CliTime.Text(report.Until)}: {Count(report.Messages, "marketing message")} to {Count(report.Profiles, "customer")} in conversation. {Count(report.Conversations, "conversation")} began, {Count(report.Sent, "message")} went out. {Count(report.Requests, "request")}.")));
        console.WriteLine();
    }

    private void WriteList(LeakReport report)
    {
        foreach (var item in report.Items)
        {
            var (word, color) = Nature(item.Nature);
            var about = item.Message is { Length: > 0 } message ? $"{item.Kind} {item.Name}: {message}" : $"{item.Kind} {item.Name}";
            Narrow.WriteItem(console, word, color, about, $"{Count(item.Messages, "message")} to {Count(item.Profiles.Count, "profile")}");
        }

        console.WriteLine();
    }

    private static string Count(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static Text Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static (string Word, Color Color) Nature(LeakNature nature) => nature switch
    {
        LeakNature.Transactional => ("transactional", Color.Grey),
        LeakNature.ByOurOwnEvents => ("by our own events", Color.Grey),
        _ => ("marketing", Color.Red),
    };
}
