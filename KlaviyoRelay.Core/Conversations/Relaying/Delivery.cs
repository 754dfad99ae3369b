using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>One event for one email, on its way from a message to one account.</summary>
public sealed record Delivery(RelayMessage Message, Connection Connection, KlaviyoAccount Account, KlaviyoEvent Event)
{
    public string Email => Event.Email;

    public bool? InConversation => Event.InConversation;

    public bool SetsProperty => InConversation is not null && Connection.ProfileProperty is not null;

    /// <summary>How many conversations of the customer are open, as the look-up found; null when that is not known.</summary>
    public int? OpenConversations { get; init; }

    /// <summary>One delivery for each email.</summary>
    public static IEnumerable<Delivery> Of(RelayMessage message, Connection connection, KlaviyoAccount account, IEnumerable<string> emails, int? openConversations = null)
    {
        var content = ConversationContent.Of(connection, message.Event);
        return emails.Select(email => new Delivery(message, connection, account, new KlaviyoEvent(UniqueId.ForEmail(message.Event.Id, email), email, content)
        {
            ProfileProperty = connection.ProfileProperty,
            InConversation = message.Event.InConversation,
        })
        {
            OpenConversations = openConversations,
        });
    }
}
