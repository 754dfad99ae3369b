using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Insights;

/// <summary>A campaign's or a flow's message that a profile got.</summary>
/// <param name="Message">Klaviyo's id of the message; null where the event does not tell.</param>
/// <param name="Flow">Klaviyo's id of the flow; null for a campaign.</param>
public sealed record MessageMoment(string? Message, string? Flow, string Channel, string? Name, string? Subject, DateTimeOffset ReceivedAt)
{
    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? ClickedAt { get; init; }
}

/// <summary>Reads messages and conversations out of a profile's events. Pure.</summary>
public static class MessageHistory
{
    /// <summary>How many messages a card shows.</summary>
    public const int MostMessages = 10;

    /// <summary>How many conversation events a card shows.</summary>
    public const int MostConversations = 5;

    // Klaviyo's own metrics (help.klaviyo.com, Klaviyo metrics).
    private static readonly Dictionary<string, (string Channel, Step Step)> Metrics = new(StringComparer.Ordinal)
    {
        ["Received Email"] = (ConsentReader.Email, Step.Received),
        ["Opened Email"] = (ConsentReader.Email, Step.Opened),
        ["Clicked Email"] = (ConsentReader.Email, Step.Clicked),
        ["Received SMS"] = (ConsentReader.Sms, Step.Received),
        ["Clicked SMS"] = (ConsentReader.Sms, Step.Clicked),
        ["Received Push"] = (ConsentReader.Push, Step.Received),
        ["Opened Push"] = (ConsentReader.Push, Step.Opened),
    };

    private enum Step
    {
        Received,
        Opened,
        Clicked,
    }

    /// <summary>The last messages, the newest first.</summary>
    public static IReadOnlyList<MessageMoment> Messages(IReadOnlyList<ProfileEvent> events)
    {
        var received = new List<MessageMoment>();
        // A flow can send the same message several times. An opening is of the last time.
        var last = new Dictionary<(string Channel, string Message), int>();
        foreach (var one in events.OrderBy(one => one.At))
        {
            if (!Metrics.TryGetValue(one.Metric, out var meaning))
            {
                continue;
            }

            var message = one.Text("$message");
            if (meaning.Step == Step.Received)
            {
                received.Add(new MessageMoment(message, one.Text("$flow") is { Length: > 0 } flow ? flow : null, meaning.Channel, one.Text("Campaign Name"), one.Text("Subject"), one.At));
                last[(meaning.Channel, message ?? "")] = received.Count - 1;
            }
            else if (message is not null && last.TryGetValue((meaning.Channel, message), out var at))
            {
                received[at] = meaning.Step == Step.Opened
                    ? received[at] with { OpenedAt = received[at].OpenedAt ?? one.At }
                    : received[at] with { ClickedAt = received[at].ClickedAt ?? one.At };
            }
        }

        return [.. received.OrderByDescending(message => message.ReceivedAt).Take(MostMessages)];
    }

    /// <summary>The last events of conversations, the newest first.</summary>
    /// <param name="events">The profile's events.</param>
    /// <param name="metrics">The metrics of the relay's connections.</param>
    public static IReadOnlyList<ConversationMoment> Conversations(IReadOnlyList<ProfileEvent> events, IReadOnlySet<string> metrics) =>
        [.. events.Where(one => metrics.Contains(one.Metric)).OrderByDescending(one => one.At).Take(MostConversations).Select(one => new ConversationMoment(one.Metric, one.At))];
}
