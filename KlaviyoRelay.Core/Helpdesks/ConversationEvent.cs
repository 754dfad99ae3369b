using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>
/// One thing that happened to one conversation, in the relay's own words. It names the customer by id only:
/// emails are looked up when the event is relayed, or travel beside it where the webhook brought them.
/// </summary>
public sealed record ConversationEvent
{
    /// <summary>The longest id of a conversation, customer or helpdesk event that is accepted, in characters.</summary>
    public const int MaxIdLength = 256;

    /// <summary>The longest subject that is kept, in characters; the rest is cut off, so that a message always fits its queue.</summary>
    public const int MaxSubjectLength = 1000;

    /// <summary>See <see cref="ConversationEventId"/>: the same happening always has the same id.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the connection that received it.</summary>
    public required string Connection { get; init; }

    /// <summary>The name of the Klaviyo account that it goes to.</summary>
    public required string Account { get; init; }

    /// <summary>The helpdesk that sent it, such as <c>gladly</c>.</summary>
    public required string Helpdesk { get; init; }

    /// <summary>What happened.</summary>
    public required ConversationEventKind Kind { get; init; }

    /// <summary>The helpdesk's id of the conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The helpdesk's id of the customer; empty where the webhook brought the emails, so that nobody is looked up.</summary>
    public required string CustomerId { get; init; }

    /// <summary>When it happened, by the helpdesk's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The webhook carries no time, so <see cref="OccurredAt"/> is when it came: a repeat seems newer than it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTimedByArrival { get; init; }

    /// <summary>Whether the conversation is open after this event; null when the event does not say.</summary>
    public bool? InConversation { get; init; }

    /// <summary>The conversation's subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The channel or channels, such as <c>email</c> or <c>chat, email</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>The address of the conversation in the helpdesk.</summary>
    public string? Link { get; init; }

    /// <summary>
    /// The customer's conversations belong to another Klaviyo account now: this event clears the flag in the account where
    /// it was set, and says nothing of the conversation.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LeavesAccount { get; init; }

    /// <summary>The rating from 1 to 5, for <see cref="ConversationEventKind.Rated"/>.</summary>
    public int? Rating { get; init; }
}

/// <summary>What happened to a conversation.</summary>
public enum ConversationEventKind
{
    /// <summary>It was created.</summary>
    [JsonStringEnumMemberName("opened")]
    Opened,

    /// <summary>It was closed.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,

    /// <summary>It was opened again after it had been closed.</summary>
    [JsonStringEnumMemberName("reopened")]
    Reopened,

    /// <summary>The customer rated it, or changed the rating.</summary>
    [JsonStringEnumMemberName("rated")]
    Rated,
}
