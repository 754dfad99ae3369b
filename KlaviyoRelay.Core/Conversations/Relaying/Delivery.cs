using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>One event for one email, on its way from a message to one account.</summary>
internal sealed record Delivery(RelayMessage Message, ConversationContent Conversation, KlaviyoAccount Account, string Email)
    : KlaviyoEvent(Conversation, Email, Conversation.InConversation)
{
    public Connection Connection => Conversation.Connection;

    /// <summary>How many conversations of the customer are open, as the look-up found; null when that is not known.</summary>
    public int? OpenConversations { get; init; }
}
