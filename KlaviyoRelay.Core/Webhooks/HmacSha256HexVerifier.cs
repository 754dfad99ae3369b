using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>
/// The lowercase hex HMAC-SHA256 of the raw body, keyed with the token's text, as Kustomer signs
/// (developer.kustomer.com/docs/events/delivery-and-retries).
/// </summary>
internal sealed class HmacSha256HexVerifier : IWebhookVerifier
{
    public string Kind => WebhookKinds.HmacSha256Hex;

    public string? Challenge => null;

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body)
    {
        if (secret.Length == 0 || request.Header(options.Header) is not { } given)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, digest);
        return ConstantTime.AreEqual(Convert.ToHexStringLower(digest), given);
    }
}
