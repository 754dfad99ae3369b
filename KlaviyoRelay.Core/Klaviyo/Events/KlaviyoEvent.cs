namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>One event for one email.</summary>
/// <param name="UniqueId">Klaviyo records one event of this id.</param>
/// <param name="Email">To whom: an email, or a phone number in E.164.</param>
/// <param name="Content">What happened.</param>
public sealed record KlaviyoEvent(string UniqueId, string Email, KlaviyoContent Content)
{
    /// <summary>The profile property that says whether the customer is in a conversation; null for none.</summary>
    public string? ProfileProperty { get; init; }

    /// <summary>What that property is set to; null to leave it alone.</summary>
    public bool? InConversation { get; init; }
}

/// <summary>What Klaviyo is told of one thing that happened, the same for each of the customer's emails.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Properties">The event's properties: a JSON object, written once for all emails.</param>
public sealed record KlaviyoContent(string Metric, DateTimeOffset Time, ReadOnlyMemory<byte> Properties);
