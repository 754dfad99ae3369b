using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>A command's result for a program to read: how many letters it was done with, and whether there are more than <c>--max</c>.</summary>
internal sealed record DeadLetterJson(string Action, int Count, bool HasMore, int Unreadable, IReadOnlyList<DeadLetterDocument> Letters)
{
    public static DeadLetterJson Of(string action, DeadLetterReport report, bool showEmails) => new(
        action, report.Letters.Count, report.HasMore, report.Unreadable, [.. report.Letters.Select(found => DeadLetterDocument.Of(found, showEmails))]);
}

/// <summary>
/// A letter for a program to read, or what Service Bus has put away. Every member is always there; null is what is not
/// known of it. Emails are null for all of the customer's, and when it is due is null when a person has to decide.
/// </summary>
internal sealed record DeadLetterDocument(
    string Queue,
    string Id,
    string Reason,
    string? Detail,
    string? Account,
    string? Connection,
    string? Helpdesk,
    ConversationEventKind? Kind,
    DateTimeOffset? OccurredAt,
    string? ConversationId,
    string? CustomerId,
    bool? InConversation,
    string? Subject,
    string? Channel,
    string? Link,
    int? Rating,
    IReadOnlyList<string>? Emails,
    int? Attempts,
    DateTimeOffset? FirstFailureAt,
    DateTimeOffset? LastFailureAt,
    DateTimeOffset? DueAt,
    PutAwayDocument? PutAway)
{
    public static DeadLetterDocument Of(FoundMessage found, bool showEmails)
    {
        var (letter, putAway, happened) = (found as FoundLetter, found as PutAwayMessage, found.Conversation?.Event);
        var detail = letter?.Letter.Detail ?? putAway?.Received.DeadLetterErrorDescription;
        return new DeadLetterDocument(
            DeadLetterQueues.NameOf(found.Queue),
            found.Id,
            found.Reason,
            detail is null ? null : EmailMask.Apply(detail),
            found.Work?.Account,
            found.Work?.Connection,
            happened?.Helpdesk,
            happened?.Kind,
            happened?.OccurredAt,
            happened?.ConversationId,
            happened?.CustomerId,
            happened?.InConversation,
            happened?.Subject is { } subject ? DeadLetterText.Email(subject, showEmails) : null,
            happened?.Channel,
            happened?.Link,
            happened?.Rating,
            found.Conversation?.Emails?.Select(email => DeadLetterText.Email(email, showEmails)).ToList(),
            letter?.Letter.Attempts,
            letter?.Letter.FirstFailureAt,
            letter?.Letter.LastFailureAt,
            letter?.DueAt,
            putAway is null ? null : PutAwayDocument.Of(putAway));
    }
}

/// <summary>What Service Bus says of a message that it has put away, and whether the message holds an event of this version.</summary>
internal sealed record PutAwayDocument(bool IsReadable, int Deliveries, DateTimeOffset SentAt, string? MessageId, string? SessionId, long Bytes)
{
    public static PutAwayDocument Of(PutAwayMessage found) => new(
        found.Content is not null, found.Received.DeliveryCount, found.Time, found.Received.MessageId, found.Received.SessionId, found.Size);
}
