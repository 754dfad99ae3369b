using System.Globalization;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.LocalHost.DeadLetters;
using Spectre.Console;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>Letters for a person to read: a line each, or one with everything in it.</summary>
internal sealed class DeadLetterTable(IAnsiConsole console, DateTimeOffset now, bool showEmails)
{
    public void WriteList(IEnumerable<FoundLetter> letters)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("Queue", "Id", "Reason", "Account", "Connection", "Event");
        table.AddColumn(new TableColumn("Emails") { Alignment = showEmails ? Justify.Left : Justify.Right });
        table.AddColumn(new TableColumn("Attempts").RightAligned());
        table.AddColumns("First failure (UTC)", "Last failure (UTC)", "Due in");
        foreach (var found in letters)
        {
            table.AddRow(Cells(found));
        }

        console.Write(table);
    }

    public void WriteDetails(FoundLetter found) => DeadLetterText.Write(console, Details(found));

    private Text[] Cells(FoundLetter found)
    {
        var letter = found.Letter;
        var reason = new Style(found.DueAt is null ? Color.Red : Color.Yellow);
        return
        [
            new Text(DeadLetterQueues.NameOf(found.Queue)),
            new Text(DeadLetterText.ShortId(found.Id)),
            new Text(found.Reason, reason),
            new Text(letter.Event.Account),
            new Text(letter.Event.Connection),
            new Text(DeadLetterText.Event(letter.Event)),
            new Text(showEmails ? DeadLetterText.Emails(letter.Emails, isShown: true) : DeadLetterText.EmailCount(letter.Emails)),
            new Text(letter.Attempts.ToString(CultureInfo.InvariantCulture)),
            new Text(DeadLetterText.Time(letter.FirstFailureAt)),
            new Text(DeadLetterText.Time(letter.LastFailureAt)),
            new Text(DeadLetterText.DueIn(found.DueAt, now)),
        ];
    }

    private IEnumerable<(string Name, string? Value)> Details(FoundLetter found)
    {
        var letter = found.Letter;
        yield return ("Id", found.Id);
        yield return ("Queue", found.Queue);
        yield return ("Reason", found.Reason);
        yield return ("Detail", EmailMask.Apply(letter.Detail));
        yield return ("Emails to do", DeadLetterText.Emails(letter.Emails, showEmails));
        yield return ("Attempts", letter.Attempts.ToString(CultureInfo.InvariantCulture));
        yield return ("First failure (UTC)", DeadLetterText.Time(letter.FirstFailureAt));
        yield return ("Last failure (UTC)", DeadLetterText.Time(letter.LastFailureAt));
        yield return ("Due in", found.DueAt is null ? "when an operator redrives it" : DeadLetterText.DueIn(found.DueAt, now));
        foreach (var detail in DeadLetterText.Details(letter.Event, showEmails))
        {
            yield return detail;
        }
    }
}
