using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>One event for one email, ready to be written.</summary>
/// <param name="Content">What happened.</param>
/// <param name="Email">To whom.</param>
internal abstract record KlaviyoEvent(KlaviyoContent Content, string Email)
{
    /// <summary>What the profile property is set to; null to leave it alone.</summary>
    public bool? InConversation { get; init; } = Content.Conversation.InConversation;

    /// <summary>Klaviyo records one event of this id.</summary>
    public UniqueId UniqueId { get; } = ConversationEventId.ForEmail(Content.Conversation.Id, Email);
}
