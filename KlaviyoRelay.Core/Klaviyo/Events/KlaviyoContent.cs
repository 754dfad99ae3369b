namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>What Klaviyo is told of one thing that happened: the same for each of the customer's emails, so it is written once.</summary>
/// <param name="id">The id of what happened.</param>
/// <param name="profileProperty">The profile property that goes with it; null for none.</param>
internal abstract class KlaviyoContent(string id, ProfilePropertyJson? profileProperty)
{
    private byte[]? _members;

    public string Id { get; } = id;

    public ProfilePropertyJson? ProfileProperty { get; } = profileProperty;

    /// <summary>The event's members as JSON, without braces: properties, time and metric.</summary>
    public ReadOnlySpan<byte> Members => (_members ??= Write()).AsSpan()[1..^1];

    /// <summary>An object with properties, time and metric.</summary>
    protected abstract byte[] Write();
}
