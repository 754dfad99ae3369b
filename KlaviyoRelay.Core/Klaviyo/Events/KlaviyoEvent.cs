namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>One event for one email, ready to be written.</summary>
/// <param name="Content">What happened.</param>
/// <param name="Email">To whom.</param>
/// <param name="InConversation">What the profile property is set to; null to leave it alone.</param>
internal abstract record KlaviyoEvent(KlaviyoContent Content, string Email, bool? InConversation)
{
    /// <summary>Klaviyo records one event of this id.</summary>
    public UniqueId UniqueId { get; } = UniqueId.ForEmail(Content.Id, Email);
}
