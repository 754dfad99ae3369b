using System.Security.Cryptography;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>The ways of signing that the relay knows. A helpdesk that signs in another way is one more entry.</summary>
internal static class HmacSchemes
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<HmacScheme> All { get; } =
    [
        // Kustomer: developer.kustomer.com/docs/events/delivery-and-retries.
        new()
        {
            Kind = "hmac-sha256-hex",
            Algorithm = HashAlgorithmName.SHA256,
            SignatureEncoding = SignatureEncoding.Hex,
            Header = "X-Kustomer-Webhook-Signature",
        },
        new()
        {
            Kind = "hmac-sha256-base64",
            Algorithm = HashAlgorithmName.SHA256,
            SignatureEncoding = SignatureEncoding.Base64,
        },
        // Zendesk: developer.zendesk.com/documentation/webhooks/verifying. It does not say whether a repeat is signed
        // anew, nor names a tolerance; but its repeats end within minutes, so five fit either way.
        new()
        {
            Kind = "hmac-sha256-timestamped",
            Algorithm = HashAlgorithmName.SHA256,
            SignatureEncoding = SignatureEncoding.Base64,
            Header = "X-Zendesk-Webhook-Signature",
            SignedHeaders = ["X-Zendesk-Webhook-Signature-Timestamp"],
            Time = new SigningTime("X-Zendesk-Webhook-Signature-Timestamp", SigningTimeFormat.Iso8601, Tolerance),
        },
        // Intercom: developers.intercom.com/docs/webhooks/webhook-notifications. An HMAC does not need what SHA-1 has lost.
        new()
        {
            Kind = "hmac-sha1-hex",
            Algorithm = HashAlgorithmName.SHA1,
            SignatureEncoding = SignatureEncoding.Hex,
            Prefix = "sha1=",
            Header = "X-Hub-Signature",
        },
        // Standard Webhooks 1.0.0: github.com/standard-webhooks/standard-webhooks. Each attempt is signed anew, and the
        // libraries allow 5 minutes. Ed25519 signatures (v1a) and versions to come match nothing and so are passed over.
        new()
        {
            Kind = "standard-webhooks",
            Algorithm = HashAlgorithmName.SHA256,
            SignatureEncoding = SignatureEncoding.Base64,
            Prefix = "v1,",
            HasSeveralSignatures = true,
            Header = "webhook-signature",
            SignedHeaders = ["webhook-id", "webhook-timestamp"],
            Separator = ".",
            KeyForm = SigningKeyForm.StandardWebhooks,
            Time = new SigningTime("webhook-timestamp", SigningTimeFormat.UnixSeconds, Tolerance),
        },
    ];
}
