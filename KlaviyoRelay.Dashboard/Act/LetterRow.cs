using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>A letter on the page: no subject, and emails masked.</summary>
internal sealed record LetterRow
{
    /// <summary><c>throttled</c> or <c>rejected</c>.</summary>
    public required string Queue { get; init; }

    /// <summary>The event's id.</summary>
    public required string Id { get; init; }

    public required string Reason { get; init; }

    /// <summary>What Klaviyo or the helpdesk said.</summary>
    public required string Detail { get; init; }

    public required string Account { get; init; }

    public required string Connection { get; init; }

    public required ConversationEventKind Kind { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>Those still to do; null for all of the customer's.</summary>
    public required IReadOnlyList<string>? Emails { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset FirstFailureAt { get; init; }

    public required DateTimeOffset LastFailureAt { get; init; }

    /// <summary>When it is tried again; null when a person has to decide.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    public static LetterRow Of(FoundLetter found)
    {
        var (letter, happened) = (found.Letter, found.Letter.Event);
        return new LetterRow
        {
            Queue = DeadLetterQueues.NameOf(found.Queue),
            Id = happened.Id,
            Reason = DeadLetterReasons.NameOf(letter.Reason),
            Detail = EmailMask.Apply(letter.Detail),
            Account = happened.Account,
            Connection = happened.Connection,
            Kind = happened.Kind,
            ConversationId = happened.ConversationId,
            Emails = letter.Emails is { } emails ? [.. emails.Select(EmailMask.Apply)] : null,
            Attempts = letter.Attempts,
            FirstFailureAt = letter.FirstFailureAt,
            LastFailureAt = letter.LastFailureAt,
            DueAt = found.DueAt,
        };
    }
}
