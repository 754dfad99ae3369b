using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What a helpdesk says of a customer's conversations now.</summary>
public abstract record ConversationState
{
    private ConversationState()
    {
    }

    /// <summary>It told of all of the customer's conversations.</summary>
    /// <param name="InConversation">Whether one of them is open.</param>
    public sealed record Known(bool InConversation) : ConversationState;

    /// <summary>It told of the event's own conversation alone.</summary>
    /// <param name="IsOpen">Whether it is open; null when the helpdesk does not know the conversation.</param>
    /// <param name="IsNewest">Whether no newer conversation of the customer is known to the helpdesk.</param>
    public sealed record Single(bool? IsOpen, bool IsNewest) : ConversationState;

    /// <summary>It does not know the customer.</summary>
    public sealed record Unknown : ConversationState
    {
        private Unknown()
        {
        }

        public static Unknown Instance { get; } = new();
    }

    /// <summary>It has no way to be asked.</summary>
    public sealed record Unasked : ConversationState
    {
        private Unasked()
        {
        }

        public static Unasked Instance { get; } = new();
    }

    /// <summary>No answer, and why.</summary>
    public sealed record Failed(DeliveryFailure Failure) : ConversationState;
}
