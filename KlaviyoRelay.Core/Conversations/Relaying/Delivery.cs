using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>One event for one email, on its way from a message to one account.</summary>
internal sealed record Delivery(RelayMessage Message, KlaviyoContent Content, KlaviyoAccount Account, string Email) : KlaviyoEvent(Content, Email)
{
    public Connection Connection => Content.Connection;

    /// <summary>How many conversations of the customer are open, as the look-up found; null when that is not known.</summary>
    public int? OpenConversations { get; init; }
}
