using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What a helpdesk says of a customer's conversation now.</summary>
internal abstract record ConversationState
{
    private ConversationState()
    {
    }

    /// <summary>It answered.</summary>
    /// <param name="InConversation">Whether the customer is in a conversation; null when the helpdesk does not know.</param>
    public sealed record Known(bool? InConversation) : ConversationState;

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
