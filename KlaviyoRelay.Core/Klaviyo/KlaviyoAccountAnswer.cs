namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The answer of <c>GET /api/accounts</c> (developers.klaviyo.com, Get Accounts): always one account.</summary>
internal sealed record KlaviyoAccountAnswer(IReadOnlyList<KlaviyoAccountAnswer.Account?>? Data)
{
    internal sealed record Account(string? Id, AccountAttributes? Attributes);

    internal sealed record AccountAttributes(ContactInformation? ContactInformation, string? PublicApiKey);

    internal sealed record ContactInformation(string? OrganizationName);
}
