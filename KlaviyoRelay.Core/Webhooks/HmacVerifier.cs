using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>Verifies an HMAC over the raw body, by the rules of a scheme.</summary>
internal sealed class HmacVerifier(HmacScheme scheme, TimeProvider clock) : IWebhookVerifier
{
    public string Kind => scheme.Kind;

    public bool HashesBody => true;

    public string? WhatIsWrongWith(string secret) => scheme.KeyForm switch
    {
        SigningKeyForm.StandardWebhooks => scheme.KeyOf(secret) is null ? "is not base64 of 24 to 64 bytes, with or without whsec_ before it" : null,
        _ => SecretText.WhatIsWrongWith(secret),
    };

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, HashedBody body)
    {
        if (scheme.KeyOf(secret) is not { } key)
        {
            return false;
        }

        // Whatever else is missing, the hash is computed, so that every refusal takes the time of one.
        var expected = Sign(key, request, body);
        return scheme.SignedHeaders.All(name => request.Credential(name) is not null)
            & IsTimely(request)
            & IsAmong(request.Credential(options.Header.Length > 0 ? options.Header : scheme.Header ?? ""), expected);
    }

    private byte[] Sign(byte[] key, WebhookRequest request, HashedBody body)
    {
        var before = string.Concat(scheme.SignedHeaders.Select(name => request.Credential(name) + scheme.Separator));
        return scheme.Write(body.Hash(scheme.Algorithm, key, Encoding.ASCII.GetBytes(before)));
    }

    private bool IsTimely(WebhookRequest request) =>
        scheme.Time is not { } time || (request.Credential(time.Header) is { } text && time.Allows(text, clock.WallTime()));

    private bool IsAmong(string? given, byte[] expected)
    {
        if (given is null)
        {
            return false;
        }

        var bytes = Encoding.ASCII.GetBytes(given).AsSpan();
        if (!scheme.HasSeveralSignatures)
        {
            return CryptographicOperations.FixedTimeEquals(expected, bytes);
        }

        var matches = false;
        foreach (var part in bytes.Split((byte)' '))
        {
            matches |= CryptographicOperations.FixedTimeEquals(expected, bytes[part]);
        }

        return matches;
    }
}
