namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The answer of <c>GET /api/accounts</c> (developers.klaviyo.com, Get Accounts): always one account.</summary>
public sealed record KlaviyoAccountAnswer(IReadOnlyList<KlaviyoAccountAnswer.Account?>? Data)
{
    public sealed record Account(string? Id, AccountAttributes? Attributes);

    public sealed record AccountAttributes(ContactInformation? ContactInformation, string? PublicApiKey);

    public sealed record ContactInformation(string? OrganizationName);
}
