using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>One event for one email, on its way from a message to one account.</summary>
internal sealed record Delivery(RelayMessage Message, KlaviyoContent Content, KlaviyoAccount Account, string Email) : KlaviyoEvent(Content, Email)
{
    public Connection Connection => Content.Connection;

    /// <summary>How many conversations of the customer are open, as the look-up found; null when that is not known.</summary>
    public int? OpenConversations { get; init; }
}
