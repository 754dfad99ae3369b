namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>One conversation of one customer.</summary>
public readonly record struct ConversationKey(string Connection, string ConversationId, string CustomerId)
{
    public static ConversationKey Of(Delivery delivery) =>
        new(delivery.Message.Event.Connection, delivery.Message.Event.ConversationId, delivery.Message.Event.CustomerId);
}
