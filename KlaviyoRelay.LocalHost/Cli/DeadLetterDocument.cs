using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.LocalHost.Cli;

/// <summary>A letter for a program to read. Every member is always there; null is what the letter does not say.</summary>
internal sealed record DeadLetterDocument
{
    public required string Queue { get; init; }

    /// <summary>The event's id.</summary>
    public required string Id { get; init; }

    public required DeadLetterReason Reason { get; init; }

    public required string Detail { get; init; }

    public required string Account { get; init; }

    public required string Connection { get; init; }

    public required string Helpdesk { get; init; }

    public required ConversationEventKind Kind { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required string ConversationId { get; init; }

    public required string CustomerId { get; init; }

    public required bool? InConversation { get; init; }

    public required string? Subject { get; init; }

    public required string? Channel { get; init; }

    public required string? Link { get; init; }

    public required int? Rating { get; init; }

    /// <summary>Null for all of the customer's.</summary>
    public required IReadOnlyList<string>? Emails { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset FirstFailureAt { get; init; }

    public required DateTimeOffset LastFailureAt { get; init; }

    /// <summary>Null when a person has to decide.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    public static DeadLetterDocument Of(FoundLetter found, bool showEmails)
    {
        var (letter, happened) = (found.Letter, found.Letter.Event);
        return new DeadLetterDocument
        {
            Queue = DeadLetterQueues.NameOf(found.Queue),
            Id = happened.Id,
            Reason = letter.Reason,
            Detail = EmailMask.Apply(letter.Detail),
            Account = happened.Account,
            Connection = happened.Connection,
            Helpdesk = happened.Helpdesk,
            Kind = happened.Kind,
            OccurredAt = happened.OccurredAt,
            ConversationId = happened.ConversationId,
            CustomerId = happened.CustomerId,
            InConversation = happened.InConversation,
            Subject = happened.Subject is { } subject ? DeadLetterText.Email(subject, showEmails) : null,
            Channel = happened.Channel,
            Link = happened.Link,
            Rating = happened.Rating,
            Emails = letter.Emails?.Select(email => DeadLetterText.Email(email, showEmails)).ToList(),
            Attempts = letter.Attempts,
            FirstFailureAt = letter.FirstFailureAt,
            LastFailureAt = letter.LastFailureAt,
            DueAt = found.DueAt,
        };
    }
}
