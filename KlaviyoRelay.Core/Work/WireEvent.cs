namespace KlaviyoRelay.Core.Work;

/// <summary>A <see cref="ConversationEvent"/> as it is read; see <see cref="ReadMessage"/>.</summary>
internal sealed class ReadEvent
{
    public string? Id { get; set; }

    public string? Connection { get; set; }

    public string? Account { get; set; }

    public string? Helpdesk { get; set; }

    public ConversationEventKind? Kind { get; set; }

    public string? ConversationId { get; set; }

    public string? CustomerId { get; set; }

    public DateTimeOffset? OccurredAt { get; set; }

    public bool? InConversation { get; set; }

    public string? Subject { get; set; }

    public string? Channel { get; set; }

    public string? Link { get; set; }

    public int? Rating { get; set; }

    public bool LeavesAccount { get; set; }

    public bool IsTimedByArrival { get; set; }

    /// <summary>The event; null when something is missing that each has.</summary>
    public ConversationEvent? Complete() =>
        this is { Id: { } id, Connection: { } connection, Account: { } account, Helpdesk: { } helpdesk, Kind: { } kind, ConversationId: { } conversationId, CustomerId: { } customerId, OccurredAt: { } occurredAt }
            ? new ConversationEvent
            {
                Id = id,
                Connection = connection,
                Account = account,
                Helpdesk = helpdesk,
                Kind = kind,
                ConversationId = conversationId,
                CustomerId = customerId,
                OccurredAt = occurredAt,
                InConversation = InConversation,
                Subject = Subject,
                Channel = Channel,
                Link = Link,
                Rating = Rating,
                LeavesAccount = LeavesAccount,
                IsTimedByArrival = IsTimedByArrival,
            }
            : null;
}
