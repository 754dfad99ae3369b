using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>JSON from Klaviyo: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KlaviyoAccountAnswer))]
[JsonSerializable(typeof(KlaviyoProfiles))]
public sealed partial class KlaviyoJsonContext : JsonSerializerContext;

/// <summary>The answer of <c>GET /api/accounts</c> (developers.klaviyo.com, Get Accounts): always one account.</summary>
public sealed record KlaviyoAccountAnswer(IReadOnlyList<KlaviyoAccountAnswer.Account?>? Data)
{
    public sealed record Account(string? Id, AccountAttributes? Attributes);

    public sealed record AccountAttributes(ContactInformation? ContactInformation, string? PublicApiKey);

    public sealed record ContactInformation(string? OrganizationName);
}

/// <summary>What the relay reads of <c>GET /api/profiles</c>.</summary>
public sealed record KlaviyoProfiles
{
    public IReadOnlyList<KlaviyoProfile?>? Data { get; init; }

    public sealed record KlaviyoProfile(KlaviyoProfileAttributes? Attributes);

    public sealed record KlaviyoProfileAttributes(string? Email);
}
