using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>One event for one email, ready to be written.</summary>
/// <param name="Connection">For the names.</param>
/// <param name="Conversation">What happened.</param>
/// <param name="Email">To whom.</param>
internal sealed record KlaviyoEvent(Connection Connection, ConversationEvent Conversation, string Email)
{
    /// <summary>What the profile property is set to; null to leave it alone.</summary>
    public bool? InConversation { get; init; } = Conversation.InConversation;

    /// <summary>Klaviyo records one event of this id.</summary>
    public string UniqueId { get => field ??= ConversationEventId.ForEmail(Conversation.Id, Email); init; }

    public string Metric => Connection.MetricFor(Conversation.Kind);
}
