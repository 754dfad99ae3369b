using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Work;

/// <summary>A <see cref="ConversationEvent"/> as it is read, and as version 2 is written; see <see cref="WireMessage"/>.</summary>
internal sealed class WireEvent
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

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LeavesAccount { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTimedByArrival { get; set; }

    /// <summary>An event without its id, account and connection, which its message says.</summary>
    public static WireEvent WithoutNamesOf(ConversationEvent one) => new()
    {
        Helpdesk = one.Helpdesk,
        Kind = one.Kind,
        ConversationId = one.ConversationId,
        CustomerId = one.CustomerId,
        OccurredAt = one.OccurredAt,
        InConversation = one.InConversation,
        Subject = one.Subject,
        Channel = one.Channel,
        Link = one.Link,
        Rating = one.Rating,
        LeavesAccount = one.LeavesAccount,
        IsTimedByArrival = one.IsTimedByArrival,
    };

    /// <summary>The event, with what its message says; null when something is missing that each has.</summary>
    public ConversationEvent? Complete(string? id, string? account, string? connection)
    {
        (Id, Account, Connection) = (id, account, connection);
        return Complete();
    }

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
