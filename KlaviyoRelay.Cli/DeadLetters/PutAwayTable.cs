using System.Globalization;
using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.LocalHost.DeadLetters;
using Spectre.Console;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>What Service Bus has put away, for a person to read. Of what can't be read it tells the size and never the content.</summary>
internal sealed class PutAwayTable(IAnsiConsole console, bool showEmails)
{
    private const string Unreadable = "can't be read";

    public void WriteList(IEnumerable<PutAwayMessage> messages)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("Queue", "Id", "Put away for", "Account", "Connection", "Event", "Emails");
        table.AddColumn(new TableColumn("Deliveries").RightAligned());
        table.AddColumn(new TableColumn("Bytes").RightAligned());
        table.AddColumn("Sent (UTC)");
        foreach (var found in messages)
        {
            table.AddRow(Cells(found));
        }

        console.Write(table);
    }

    public void WriteDetails(PutAwayMessage found) => DeadLetterText.Write(console, Details(found));

    private Text[] Cells(PutAwayMessage found) =>
    [
        new(DeadLetterQueues.NameOf(found.Queue)),
        new(DeadLetterText.ShortId(found.Id)),
        new(found.Reason, new Style(Color.Red)),
        new(found.Event?.Account ?? ""),
        new(found.Event?.Connection ?? ""),
        new(EventOf(found)),
        new(found.Content is { } content ? showEmails ? DeadLetterText.Emails(content.Emails, isShown: true) : DeadLetterText.EmailCount(content.Emails) : ""),
        new(found.Received.DeliveryCount.ToString(CultureInfo.InvariantCulture)),
        new(found.Size.ToString(CultureInfo.InvariantCulture)),
        new(DeadLetterText.Time(found.Time)),
    ];

    private IEnumerable<(string Name, string? Value)> Details(PutAwayMessage found)
    {
        yield return ("Id", found.Id);
        yield return ("Queue", found.Queue);
        yield return ("Put away for", found.Reason);
        yield return ("Description", EmailMask.Apply(found.Received.DeadLetterErrorDescription ?? ""));
        yield return ("Deliveries", found.Received.DeliveryCount.ToString(CultureInfo.InvariantCulture));
        yield return ("Sent (UTC)", DeadLetterText.Time(found.Time));
        yield return ("Message", found.Received.MessageId);
        yield return ("Session", found.Received.SessionId);
        yield return ("Bytes", found.Size.ToString(CultureInfo.InvariantCulture));
        if (found.Content is not { } content)
        {
            yield return ("Event", Unreadable);
        }
        else
        {
            yield return ("Emails to do", DeadLetterText.Emails(content.Emails, showEmails));
            foreach (var detail in DeadLetterText.Details(content.Event, showEmails))
            {
                yield return detail;
            }
        }
    }

    private static string EventOf(PutAwayMessage found) => found.Event is { } happened ? DeadLetterText.Event(happened) : Unreadable;
}
