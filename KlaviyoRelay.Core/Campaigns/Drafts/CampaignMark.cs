using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Core.Campaigns.Drafts;

/// <summary>
/// What tells a request from all others: the caller's key, else the body. The mark that is derived of it stands in the
/// campaign's name, so that a campaign whose answer was lost is found again.
/// </summary>
/// <param name="Mark">The mark.</param>
/// <param name="Request">The hash of the body.</param>
public sealed record CampaignMark(string Mark, string Request)
{
    private const int Letters = 12;

    /// <param name="account">The account's name.</param>
    /// <param name="key">The caller's <c>Idempotency-Key</c>; null for none.</param>
    /// <param name="body">The body.</param>
    public static CampaignMark Of(string account, string? key, ReadOnlySpan<byte> body)
    {
        var request = Convert.ToHexStringLower(SHA256.HashData(body));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{account}\n{(key is null ? $"body\n{request}" : $"key\n{key}")}"));
        return new CampaignMark($"kr-{Convert.ToHexStringLower(hash)[..Letters]}", request);
    }

    /// <summary>The name of the campaign and of its template in Klaviyo.</summary>
    public string On(string name) => $"{name} [{Mark}]";
}
