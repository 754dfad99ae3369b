using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>One way to sign a webhook with an HMAC, as data; <see cref="HmacVerifier"/> goes by it.</summary>
public sealed record HmacScheme
{
    private const string KeyPrefix = "whsec_";

    /// <summary>The value of <c>Webhook__Kind</c>.</summary>
    public required string Kind { get; init; }

    public required HashAlgorithmName Algorithm { get; init; }

    public required SignatureEncoding SignatureEncoding { get; init; }

    /// <summary>What stands before a signature.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Whether the header may hold several signatures, separated by spaces, of which one has to match.</summary>
    public bool HasSeveralSignatures { get; init; }

    /// <summary>The header with the signature; null where a connection has to name it.</summary>
    public string? Header { get; init; }

    /// <summary>What is signed.</summary>
    public SignedText SignedText { get; init; } = SignedText.OfBody;

    public SigningKeyForm KeyForm { get; init; } = SigningKeyForm.Text;

    /// <summary>Null where the signature has no time.</summary>
    public SigningTime? Time { get; init; }

    /// <summary>The key's bytes; null when the secret's text is none.</summary>
    public byte[]? KeyOf(string secret)
    {
        switch (KeyForm)
        {
            case SigningKeyForm.Text:
                return secret.Length > 0 ? Encoding.UTF8.GetBytes(secret) : null;
            case SigningKeyForm.StandardWebhooks:
                var encoded = secret.StartsWith(KeyPrefix, StringComparison.Ordinal) ? secret[KeyPrefix.Length..] : secret;
                var key = new byte[encoded.Length];
                return Convert.TryFromBase64String(encoded, key, out var length) && length is >= 24 and <= 64 ? key[..length] : null;
            default:
                throw new InvalidOperationException($"There is no reader for the form {KeyForm}.");
        }
    }

    /// <summary>The signature of a webhook, as it stands in the header.</summary>
    /// <param name="key">The key's bytes.</param>
    /// <param name="request">The webhook, for the headers that are signed.</param>
    /// <param name="body">Its body.</param>
    public byte[] Sign(byte[] key, WebhookRequest request, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(Algorithm, key);
        hmac.AppendData(SignedText.Before(request));
        hmac.AppendData(body);
        hmac.AppendData(SignedText.After(request));
        return Write(hmac.GetHashAndReset());
    }

    /// <summary>The signature as it stands in the header, once <see cref="Normalize"/> has read that.</summary>
    public byte[] Write(ReadOnlySpan<byte> digest) => Encoding.ASCII.GetBytes(Normalize(Prefix + SignatureEncoding switch
    {
        SignatureEncoding.Hex => Convert.ToHexStringLower(digest),
        SignatureEncoding.Base64 => Convert.ToBase64String(digest),
        _ => throw new InvalidOperationException($"There is no writer for the encoding {SignatureEncoding}."),
    }));

    /// <summary>A header's value without what makes no difference: hexadecimal digits are the same in either case.</summary>
    public string Normalize(string value) => SignatureEncoding == SignatureEncoding.Hex ? value.ToLowerInvariant() : value;
}

/// <summary>How a signing secret's text becomes the key's bytes.</summary>
public enum SigningKeyForm
{
    /// <summary>The text itself, in UTF-8.</summary>
    Text,

    /// <summary>Base64 of 24 to 64 bytes, with or without <c>whsec_</c> before it.</summary>
    StandardWebhooks,
}

/// <summary>How a signature's bytes are written.</summary>
public enum SignatureEncoding
{
    /// <summary>Lowercase hexadecimal.</summary>
    Hex,

    /// <summary>Base64 with padding.</summary>
    Base64,
}
