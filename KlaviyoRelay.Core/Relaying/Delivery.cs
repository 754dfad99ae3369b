using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>One event for one email, on its way to one account.</summary>
internal sealed record Delivery(RelayMessage Message, Connection Connection, KlaviyoAccount Account, string Email)
{
    /// <summary>What the profile property is set to; null to leave it alone.</summary>
    public bool? InConversation { get; init; } = Message.Event.InConversation;

    /// <summary>How many conversations of the customer are open, as the look-up found; null when that is not known.</summary>
    public int? OpenConversations { get; init; }

    /// <summary>Klaviyo records one event of this id.</summary>
    public string UniqueId => field ??= ConversationEventId.ForEmail(Message.Event.Id, Email);

    public KlaviyoEvent ToEvent() => new(Connection, Message.Event, Email) { InConversation = InConversation, UniqueId = UniqueId };
}
