using System.Globalization;
using KlaviyoRelay.Core.Audit;
using Spectre.Console;

namespace KlaviyoRelay.Cli.Audits;

/// <summary>An audit for a person to read: what is unprotected comes first, with the filter to add.</summary>
internal sealed class AuditTable(IAnsiConsole console)
{
    public void Write(AuditReport report)
    {
        if (Narrow.Is(console))
        {
            WriteList(report);
        }
        else
        {
            console.Write(TableOf(report));
        }

        console.Write(new Text(string.Create(
            CultureInfo.InvariantCulture, $"{report.Account}: {report.Items.Count} looked at, {report.Unprotected} unprotected, {report.Unknown} unknown. Conversations of {string.Join(", ", report.Connections)}.")));
        console.WriteLine();
    }

    private void WriteList(AuditReport report)
    {
        Narrow.WriteHeading(console, $"Account {report.Account}");
        foreach (var item in report.Items)
        {
            var (word, color) = Verdict(item.Verdict);
            Narrow.WriteItem(console, word, color, $"{Kind(item.Kind)} {item.Name}", Detail(item));
        }

        console.WriteLine();
    }

    private static Table TableOf(AuditReport report)
    {
        var table = new Table { Border = TableBorder.Simple }
            .AddColumn(new TableColumn($"Account {report.Account}").NoWrap())
            .AddColumn(new TableColumn("Name"))
            .AddColumn(new TableColumn("Verdict").NoWrap())
            .AddColumn("Why, and what to do");
        foreach (var item in report.Items)
        {
            var (word, color) = Verdict(item.Verdict);
            table.AddRow(new Text(Kind(item.Kind)), new Text(item.Name), new Text(word, new Style(color)), new Text(Detail(item)));
        }

        return table;
    }

    private static string Detail(AuditedItem item) =>
        string.Join(' ', new[] { item.Messages.Count > 0 ? $"{string.Join(", ", item.Messages)}:" : null, item.Reason, item.Fix }.OfType<string>());

    private static string Kind(string kind) => kind == FlowJudge.Kind ? kind : $"campaign ({kind})";

    private static (string Word, Color Color) Verdict(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Unprotected => ("unprotected", Color.Red),
        AuditVerdict.Unknown => ("unknown", Color.Yellow),
        AuditVerdict.ByOurOwnEvents => ("by our own events", Color.Grey),
        AuditVerdict.TransactionalOnly => ("transactional only", Color.Grey),
        _ => ("protected", Color.Green),
    };
}
