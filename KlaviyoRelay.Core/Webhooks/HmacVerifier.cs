using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>Verifies an HMAC over the raw body, by the rules of a scheme.</summary>
internal sealed class HmacVerifier(HmacScheme scheme, TimeProvider clock) : IWebhookVerifier
{
    public string Kind => scheme.Kind;

    public bool HashesBody => true;

    public string? WhatIsWrongWith(string secret) => scheme.KeyOf(secret) is not null ? null : scheme.KeyForm switch
    {
        SigningKeyForm.StandardWebhooks => "is not base64 of 24 to 64 bytes, with or without whsec_ before it",
        _ => "is empty",
    };

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body)
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

    private byte[] Sign(byte[] key, WebhookRequest request, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(scheme.Algorithm, key);
        foreach (var name in scheme.SignedHeaders)
        {
            hmac.AppendData(Encoding.ASCII.GetBytes(request.Credential(name) + scheme.Separator));
        }

        hmac.AppendData(body);
        return scheme.Write(hmac.GetHashAndReset());
    }

    private bool IsTimely(WebhookRequest request) =>
        scheme.Time is not { } time || (request.Credential(time.Header) is { } text && time.Allows(text, clock.GetUtcNow()));

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
