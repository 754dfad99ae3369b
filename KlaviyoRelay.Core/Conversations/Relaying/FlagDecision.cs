using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>Decides what the profile property is set to; null leaves it alone. Pure.</summary>
public static class FlagDecision
{
    // Where nothing better is known, an older event may not be the newest.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <param name="state">What the helpdesk says.</param>
    /// <param name="known">What the relay knows, this event included.</param>
    /// <param name="isRecorded">Whether the record would know if the conversation were older than this event.</param>
    public static bool? Decide(Delivery delivery, ConversationState state, CustomerConversations known, bool isRecorded, DateTimeOffset now) => state switch
    {
        // The answer may lag, so another conversation that opened a moment ago counts.
        ConversationState.Known asked => asked.InConversation || known.HasOtherOpenSince(delivery.Message.Event, now - CustomerQuestions.Lag, delivery.Account.Name),
        ConversationState.Single single => Decide(delivery, single, known, now),
        ConversationState.Unasked => known.IsOpen(delivery.Account.Name) ? true : isRecorded ? false : WithoutRecord(delivery, now),
        _ => OfFresh(delivery, now),
    };

    /// <summary>
    /// What an event alone allows: a late one may clear the property, and may not set it. Between a customer
    /// who gets one mail too many and one who never gets a mail again, the relay takes the first.
    /// </summary>
    public static bool? WithoutRecord(Delivery delivery, DateTimeOffset now) =>
        delivery.InConversation is true && IsLate(delivery, now) ? null : delivery.InConversation;

    public static bool IsLate(Delivery delivery, DateTimeOffset now) =>
        delivery.Message.Attempts > 0 || now - delivery.Message.Event.OccurredAt > Late;

    // The conversation is closed: a newer one may be open all the same.
    private static bool? Decide(Delivery delivery, ConversationState.Single single, CustomerConversations known, DateTimeOffset now)
    {
        if (single.IsOpen is true || known.HasNewerOpen(delivery.Message.Event))
        {
            return true;
        }

        return single.IsOpen is null ? OfFresh(delivery, now)
            : single.IsNewest || OfFresh(delivery, now) is false ? false
            : null;
    }

    /// <summary>The helpdesk does not know: an event that is too young to be a repeat counts by itself.</summary>
    public static bool? OfFresh(Delivery delivery, DateTimeOffset now) => CustomerQuestions.IsFresh(delivery, now) ? delivery.InConversation : null;
}
