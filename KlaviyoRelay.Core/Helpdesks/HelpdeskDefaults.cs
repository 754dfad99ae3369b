namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>What a helpdesk's events are called in Klaviyo unless a connection says otherwise.</summary>
public sealed record HelpdeskDefaults
{
    public required string Opened { get; init; }

    public required string Closed { get; init; }

    public required string Reopened { get; init; }

    public required string Rated { get; init; }

    public required string Moved { get; init; }

    /// <summary>Null where the property is set only when a connection names it.</summary>
    public string? ProfileProperty { get; init; }

    /// <summary>Whether events carry the conversation's properties, or the email and the profile property only.</summary>
    public required bool SendsProperties { get; init; }
}
