using KlaviyoRelay.Cli.ServiceBus;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.Cli.DeadLetters;

/// <summary>
/// A letter for a program to read, or what Service Bus has put away. Every member is always there; null is what is not
/// known of it.
/// </summary>
internal sealed record DeadLetterDocument
{
    public required string Queue { get; init; }

    /// <summary>The event's id.</summary>
    public required string Id { get; init; }

    public required string Reason { get; init; }

    public string? Detail { get; init; }

    public required string? Account { get; init; }

    public required string? Connection { get; init; }

    public required string? Helpdesk { get; init; }

    public required ConversationEventKind? Kind { get; init; }

    public required DateTimeOffset? OccurredAt { get; init; }

    public required string? ConversationId { get; init; }

    public required string? CustomerId { get; init; }

    public required bool? InConversation { get; init; }

    public required string? Subject { get; init; }

    public required string? Channel { get; init; }

    public required string? Link { get; init; }

    public required int? Rating { get; init; }

    /// <summary>Null for all of the customer's.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    public int? Attempts { get; init; }

    public DateTimeOffset? FirstFailureAt { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>Null when a person has to decide.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Of what Service Bus has put away; null for a letter.</summary>
    public PutAwayDocument? PutAway { get; init; }

    public static DeadLetterDocument Of(FoundMessage found, bool showEmails) => found switch
    {
        FoundLetter { Letter: var letter, DueAt: var dueAt } => OfEvent(found, showEmails) with
        {
            Detail = EmailMask.Apply(letter.Detail),
            Emails = Shown(letter.Emails, showEmails),
            Attempts = letter.Attempts,
            FirstFailureAt = letter.FirstFailureAt,
            LastFailureAt = letter.LastFailureAt,
            DueAt = dueAt,
        },
        PutAwayMessage putAway => OfEvent(found, showEmails) with
        {
            Detail = putAway.Received.DeadLetterErrorDescription is { } description ? EmailMask.Apply(description) : null,
            Emails = Shown(putAway.Content?.Emails, showEmails),
            PutAway = PutAwayDocument.Of(putAway),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(found)),
    };

    private static DeadLetterDocument OfEvent(FoundMessage found, bool showEmails) => new()
    {
        Queue = DeadLetterQueues.NameOf(found.Queue),
        Id = found.Id,
        Reason = found.Reason,
        Account = found.Event?.Account,
        Connection = found.Event?.Connection,
        Helpdesk = found.Event?.Helpdesk,
        Kind = found.Event?.Kind,
        OccurredAt = found.Event?.OccurredAt,
        ConversationId = found.Event?.ConversationId,
        CustomerId = found.Event?.CustomerId,
        InConversation = found.Event?.InConversation,
        Subject = found.Event?.Subject is { } subject ? DeadLetterText.Email(subject, showEmails) : null,
        Channel = found.Event?.Channel,
        Link = found.Event?.Link,
        Rating = found.Event?.Rating,
    };

    private static List<string>? Shown(IReadOnlyList<string>? emails, bool showEmails) => emails?.Select(email => DeadLetterText.Email(email, showEmails)).ToList();
}

/// <summary>What Service Bus says of a message that it has put away.</summary>
/// <param name="IsReadable">Whether it holds an event of this version.</param>
/// <param name="Deliveries">How often it was delivered.</param>
/// <param name="SentAt">When it came to its queue.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="Bytes">The size of its body.</param>
internal sealed record PutAwayDocument(bool IsReadable, int Deliveries, DateTimeOffset SentAt, string? MessageId, string? SessionId, long Bytes)
{
    public static PutAwayDocument Of(PutAwayMessage found) => new(
        found.Content is not null, found.Received.DeliveryCount, found.Time, found.Received.MessageId, found.Received.SessionId, found.Size);
}
