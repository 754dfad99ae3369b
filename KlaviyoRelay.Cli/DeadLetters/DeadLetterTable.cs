using System.Globalization;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.LocalHost.DeadLetters;
using Spectre.Console;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>
/// Letters for a person to read, and what Service Bus has put away: a line each, or one with everything in it. Of what
/// can't be read it tells the size and never the content.
/// </summary>
internal sealed class DeadLetterTable(IAnsiConsole console, DateTimeOffset now, bool showEmails)
{
    private const string Unreadable = "can't be read";

    public void Write(IReadOnlyList<FoundLetter> letters)
    {
        // Emails in full need the wide table.
        if (Narrow.Is(console) && !showEmails)
        {
            WriteNarrow(letters);
            return;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("Queue", "Id", "Reason", "Account", "Connection", "Event");
        table.AddColumn(new TableColumn("Emails") { Alignment = showEmails ? Justify.Left : Justify.Right });
        table.AddColumn(new TableColumn("Attempts").RightAligned()).AddColumns("First failure", "Last failure", "Due in");
        foreach (var found in letters)
        {
            var letter = found.Letter;
            table.AddRow(
            [
                .. Beginning(found, found.DueAt is null ? Color.Red : Color.Yellow),
                new Text(Emails(found)),
                new Text(Number(letter.Attempts)),
                new Text(CliTime.Text(letter.FirstFailureAt)),
                new Text(CliTime.Text(letter.LastFailureAt)),
                new Text(DeadLetterText.DueIn(found.DueAt, now)),
            ]);
        }

        Write(table);
    }

    // The rest is in `show`.
    private void WriteNarrow(IReadOnlyList<FoundLetter> letters)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("Id", "Reason", "Event", "Last failure", "Due in").Unbroken(0, 1, 3);
        foreach (var found in letters)
        {
            table.AddRow(
            [
                new Text(DeadLetterText.ShortId(found.Id)),
                new Text(found.Reason, new Style(found.DueAt is null ? Color.Red : Color.Yellow)),
                new Text(found.Conversation is { Event: var happened } ? $"{happened.Connection} {happened.Kind}".ToLowerInvariant() : DeadLetterText.What(found.Work)),
                new Text(CliTime.Text(found.Letter.LastFailureAt)),
                new Text(DeadLetterText.DueIn(found.DueAt, now)),
            ]);
        }

        Write(table);
    }

    public void Write(IReadOnlyList<PutAwayMessage> messages)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("Queue", "Id", "Put away for", "Account", "Connection", "Event", "Emails");
        table.AddColumn(new TableColumn("Deliveries").RightAligned()).AddColumn(new TableColumn("Bytes").RightAligned()).AddColumn("Sent");
        foreach (var found in messages)
        {
            table.AddRow(
            [
                .. Beginning(found, Color.Red),
                new Text(Emails(found)),
                new Text(Number(found.Received.DeliveryCount)),
                new Text(Number(found.Size)),
                new Text(CliTime.Text(found.Time)),
            ]);
        }

        Write(table);
    }

    /// <summary>A line for each detail that is not empty.</summary>
    public void WriteDetails(FoundMessage found)
    {
        (string Name, string? Value)[] details =
        [
            ("Id", found.Id),
            ("Queue", found.Queue),
            .. found switch { FoundLetter letter => Details(letter), PutAwayMessage putAway => Details(putAway), _ => [] },
            .. found.Work is { } work ? DeadLetterText.Details(work, showEmails) : [("Event", Unreadable)],
        ];
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in details.Where(detail => !string.IsNullOrEmpty(detail.Value)))
        {
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value ?? ""));
        }

        console.Write(grid);
    }

    private void Write(Table table)
    {
        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }
    }

    private static IEnumerable<Text> Beginning(FoundMessage found, Color reason) =>
    [
        new(DeadLetterQueues.NameOf(found.Queue)),
        new(DeadLetterText.ShortId(found.Id)),
        new(found.Reason, new Style(reason)),
        new(found.Work?.Account ?? ""),
        new(found.Work?.Connection ?? ""),
        new(found.Work is { } work ? DeadLetterText.What(work) : Unreadable),
    ];

    private IEnumerable<(string Name, string? Value)> Details(FoundLetter found) =>
    [
        ("Reason", found.Reason),
        ("Detail", EmailMask.Apply(found.Letter.Detail)),
        ("Attempts", Number(found.Letter.Attempts)),
        ("First failure", CliTime.Text(found.Letter.FirstFailureAt)),
        ("Last failure", CliTime.Text(found.Letter.LastFailureAt)),
        ("Due in", found.DueAt is null ? "when an operator redrives it" : DeadLetterText.DueIn(found.DueAt, now)),
    ];

    private static IEnumerable<(string Name, string? Value)> Details(PutAwayMessage found) =>
    [
        ("Put away for", found.Reason),
        ("Description", EmailMask.Apply(found.Received.DeadLetterErrorDescription ?? "")),
        ("Deliveries", Number(found.Received.DeliveryCount)),
        ("Sent", CliTime.Text(found.Time)),
        ("Message", found.Received.MessageId),
        ("Session", found.Received.SessionId),
        ("Bytes", Number(found.Size)),
    ];

    private string Emails(FoundMessage found) => found.Conversation is { Emails: var emails } ? showEmails ? DeadLetterText.Emails(emails, isShown: true) : DeadLetterText.EmailCount(emails) : "";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
