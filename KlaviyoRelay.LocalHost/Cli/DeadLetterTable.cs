using System.Globalization;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;
using Spectre.Console;

namespace KlaviyoRelay.LocalHost.Cli;

/// <summary>Letters for a person to read: a line each, or one with everything in it.</summary>
internal sealed class DeadLetterTable(IAnsiConsole console, DateTimeOffset now, bool showEmails)
{
    private const int ShortId = 8;

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

    public void WriteDetails(FoundLetter found)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in Details(found).Where(detail => !string.IsNullOrEmpty(detail.Value)))
        {
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value ?? ""));
        }

        console.Write(grid);
    }

    private Text[] Cells(FoundLetter found)
    {
        var letter = found.Letter;
        var reason = new Style(found.DueAt is null ? Color.Red : Color.Yellow);
        return
        [
            new Text(DeadLetterQueues.NameOf(found.Queue)),
            new Text(letter.Event.Id[..Math.Min(ShortId, letter.Event.Id.Length)]),
            new Text(DeadLetterReasons.NameOf(letter.Reason), reason),
            new Text(letter.Event.Account),
            new Text(letter.Event.Connection),
            new Text(EventOf(letter)),
            new Text(showEmails ? Emails(letter) : letter.Emails?.Count.ToString(CultureInfo.InvariantCulture) ?? "all"),
            new Text(letter.Attempts.ToString(CultureInfo.InvariantCulture)),
            new Text(DeadLetterText.Time(letter.FirstFailureAt)),
            new Text(DeadLetterText.Time(letter.LastFailureAt)),
            new Text(DeadLetterText.DueIn(found.DueAt, now)),
        ];
    }

    private IEnumerable<(string Name, string? Value)> Details(FoundLetter found)
    {
        var (letter, happened) = (found.Letter, found.Letter.Event);
        yield return ("Id", happened.Id);
        yield return ("Queue", found.Queue);
        yield return ("Reason", DeadLetterReasons.NameOf(letter.Reason));
        yield return ("Detail", EmailMask.Apply(letter.Detail));
        yield return ("Emails to do", Emails(letter));
        yield return ("Attempts", letter.Attempts.ToString(CultureInfo.InvariantCulture));
        yield return ("First failure (UTC)", DeadLetterText.Time(letter.FirstFailureAt));
        yield return ("Last failure (UTC)", DeadLetterText.Time(letter.LastFailureAt));
        yield return ("Due in", found.DueAt is null ? "when an operator redrives it" : DeadLetterText.DueIn(found.DueAt, now));
        yield return ("Account", happened.Account);
        yield return ("Connection", happened.Connection);
        yield return ("Event", EventOf(letter));
        yield return ("Happened (UTC)", DeadLetterText.Time(happened.OccurredAt));
        yield return ("Conversation", happened.ConversationId);
        yield return ("Customer", happened.CustomerId);
        yield return ("In conversation", happened.InConversation?.ToString().ToLowerInvariant());
        yield return ("Subject", DeadLetterText.Email(happened.Subject ?? "", showEmails));
        yield return ("Channel", happened.Channel);
        yield return ("Link", happened.Link);
        yield return ("Rating", happened.Rating?.ToString(CultureInfo.InvariantCulture));
    }

    private static string EventOf(DeadLetter letter) => $"{letter.Event.Helpdesk} {letter.Event.Kind}".ToLowerInvariant();

    private string Emails(DeadLetter letter) =>
        letter.Emails is null ? "all of the customer's" : string.Join('\n', letter.Emails.Select(email => DeadLetterText.Email(email, showEmails)));
}
