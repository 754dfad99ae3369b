namespace KlaviyoRelay.Core.Klaviyo.Profiles;

/// <summary>What the relay reads of <c>GET /api/profiles</c>.</summary>
internal sealed record KlaviyoProfiles
{
    public IReadOnlyList<KlaviyoProfile?>? Data { get; init; }

    internal sealed record KlaviyoProfile(KlaviyoProfileAttributes? Attributes);

    internal sealed record KlaviyoProfileAttributes(string? Email);
}
