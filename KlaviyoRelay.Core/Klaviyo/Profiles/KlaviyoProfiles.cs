namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>What the relay reads of <c>GET /api/profiles</c>.</summary>
public sealed record KlaviyoProfiles
{
    public IReadOnlyList<KlaviyoProfile?>? Data { get; init; }

    public sealed record KlaviyoProfile(KlaviyoProfileAttributes? Attributes);

    public sealed record KlaviyoProfileAttributes(string? Email);
}
