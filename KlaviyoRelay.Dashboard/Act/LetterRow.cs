using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>A letter on the page: no subject, and emails masked. Emails are null for all of the customer's. The kind is null for rows.</summary>
internal sealed record LetterRow(
    string Queue,
    string Id,
    string Reason,
    string Detail,
    string Account,
    string Connection,
    string? Kind,
    string? ConversationId,
    IReadOnlyList<string>? Emails,
    int Attempts,
    DateTimeOffset FirstFailureAt,
    DateTimeOffset LastFailureAt,
    DateTimeOffset? DueAt)
{
    public static LetterRow Of(FoundLetter found)
    {
        var (letter, conversation) = (found.Letter, found.Conversation);
        return new LetterRow(
            DeadLetterQueues.NameOf(found.Queue),
            letter.Message.Id,
            DeadLetterReasons.NameOf(letter.Reason),
            EmailMask.Apply(letter.Detail),
            letter.Message.Account,
            letter.Message.Connection,
            EventSubject.KindOf(letter.Message.Payload),
            conversation?.Event.ConversationId,
            conversation?.Emails?.Select(EmailMask.Apply).ToList(),
            letter.Attempts,
            letter.FirstFailureAt,
            letter.LastFailureAt,
            found.DueAt);
    }
}

internal sealed record LetterList(IReadOnlyList<LetterRow> Letters, bool HasMore, int Unreadable);

/// <summary>Which letters; what is null does not matter. The id is the event's, in whole. Reasons are separated by commas.</summary>
internal sealed record LetterChoice(string? Id, string? Reason, string? Connection, string? Account);

internal sealed record LetterCount(int Count);
