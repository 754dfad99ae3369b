using System.Globalization;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>Letters, times and emails in words.</summary>
internal static class DeadLetterText
{
    private const int ShortLength = 8;

    /// <summary>Such as <c>3 letters (2 invalid, 1 forbidden)</c>.</summary>
    public static string Count(IReadOnlyCollection<FoundMessage> letters)
    {
        var reasons = letters
            .GroupBy(found => found.Reason)
            .OrderByDescending(reason => reason.Count())
            .Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Count()} {reason.Key}"));
        var count = string.Create(CultureInfo.InvariantCulture, $"{letters.Count} letter{(letters.Count == 1 ? "" : "s")}");
        return letters.Count == 0 ? count : $"{count} ({string.Join(", ", reasons)})";
    }

    /// <summary>Such as <c>9m 58s</c>.</summary>
    public static string DueIn(DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (dueAt is not { } time)
        {
            return "";
        }

        var left = time - now;
        return left <= TimeSpan.Zero ? "now"
            : left.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}h {left.Minutes}m")
            : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}m {left.Seconds}s");
    }

    public static string Email(string email, bool isShown) => isShown ? email : EmailMask.Apply(email);

    /// <summary>How many; all when the customer's were not looked up yet.</summary>
    public static string EmailCount(IReadOnlyList<string>? emails) => emails?.Count.ToString(CultureInfo.InvariantCulture) ?? "all";

    public static string Emails(IReadOnlyList<string>? emails, bool isShown) =>
        emails is null ? "all of the customer's" : string.Join('\n', emails.Select(email => Email(email, isShown)));

    /// <summary>Such as <c>gladly opened</c>; the kind's name where it is no conversation's event.</summary>
    public static string What(RelayMessage work) => work.Payload is ConversationWork { Event: var happened }
        ? $"{happened.Helpdesk} {happened.Kind}".ToLowerInvariant()
        : work.Payload.Kind.Name;

    public static string ShortId(string id) => id[..Math.Min(ShortLength, id.Length)];

    /// <summary>What is known of the work, by name.</summary>
    public static IEnumerable<(string Name, string? Value)> Details(RelayMessage work, bool showEmails) =>
    [
        ("Account", work.Account),
        ("Connection", work.Connection),
        ("Event", What(work)),
        ("Happened", CliTime.Text(work.Payload.OccurredAt)),
        .. work.Payload is ConversationWork conversation ? Details(conversation, showEmails) : [],
    ];

    private static IEnumerable<(string Name, string? Value)> Details(ConversationWork conversation, bool showEmails) =>
    [
        ("Emails to do", Emails(conversation.Emails, showEmails)),
        ("Conversation", conversation.Event.ConversationId),
        ("Customer", conversation.Event.CustomerId),
        ("In conversation", conversation.Event.InConversation?.ToString().ToLowerInvariant()),
        ("Subject", Email(conversation.Event.Subject ?? "", showEmails)),
        ("Channel", conversation.Event.Channel),
        ("Link", conversation.Event.Link),
        ("Rating", conversation.Event.Rating?.ToString(CultureInfo.InvariantCulture)),
    ];
}
