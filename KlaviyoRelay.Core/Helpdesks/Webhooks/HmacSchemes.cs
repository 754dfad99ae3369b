using System.Security.Cryptography;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>The ways of signing that the relay knows. For another way there are settings: kind <c>hmac-custom</c>.</summary>
public static class HmacSchemes
{
    /// <summary>The values of <c>Webhook__Signature__Algorithm</c>.</summary>
    public static readonly IReadOnlyDictionary<string, HashAlgorithmName> Algorithms = new Dictionary<string, HashAlgorithmName>
    {
        ["sha1"] = HashAlgorithmName.SHA1,
        ["sha256"] = HashAlgorithmName.SHA256,
        ["sha384"] = HashAlgorithmName.SHA384,
        ["sha512"] = HashAlgorithmName.SHA512,
    };

    /// <summary>The values of <c>Webhook__Signature__Encoding</c>.</summary>
    public static readonly IReadOnlyDictionary<string, SignatureEncoding> Encodings = new Dictionary<string, SignatureEncoding>
    {
        ["hex"] = SignatureEncoding.Hex,
        ["base64"] = SignatureEncoding.Base64,
    };

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
            SignedText = Text("{X-Zendesk-Webhook-Signature-Timestamp}{body}"),
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
            SignedText = Text("{webhook-id}.{webhook-timestamp}.{body}"),
            KeyForm = SigningKeyForm.StandardWebhooks,
            Time = new SigningTime("webhook-timestamp", SigningTimeFormat.UnixSeconds, Tolerance),
        },
    ];

    /// <summary>The way that a connection's settings describe; they are valid.</summary>
    public static HmacScheme Of(WebhookOptions options)
    {
        var signature = options.Signature;
        return new HmacScheme
        {
            Kind = WebhookKinds.Hmac,
            Algorithm = Algorithms[signature.Algorithm],
            SignatureEncoding = Encodings[signature.Encoding],
            Prefix = signature.Prefix,
            SignedText = Text(signature.SignedText),
            Time = signature.TimeHeader.Length > 0 ? new SigningTime(signature.TimeHeader, SigningTimeFormat.Any, signature.Tolerance) : null,
        };
    }

    private static SignedText Text(string template) => SignedText.Parse(template) ?? throw new InvalidOperationException($"{template} is no template of a signed text.");
}
