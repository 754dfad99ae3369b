using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>Verifies an HMAC over the raw body, by the rules of a scheme.</summary>
public sealed class HmacVerifier(HmacScheme scheme, TimeProvider clock) : IWebhookVerifier
{
    public string Kind => scheme.Kind;

    public bool NeedsBody => true;

    public string? WhatIsWrongWith(string secret) => scheme.KeyForm switch
    {
        SigningKeyForm.StandardWebhooks => scheme.KeyOf(secret) is null ? "is not base64 of 24 to 64 bytes, with or without whsec_ before it" : null,
        _ => SecretText.WhatIsWrongWith(secret),
    };

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body) =>
        scheme.SignedText.Headers.All(name => request.Credential(name) is not null)
        && IsTimely(request)
        && request.Credential(options.Header.Length > 0 ? options.Header : scheme.Header ?? "") is { } given
        && scheme.KeyOf(secret) is { } key
        && IsAmong(Encoding.ASCII.GetBytes(scheme.Normalize(given)), scheme.Sign(key, request, body));

    private bool IsTimely(WebhookRequest request) =>
        scheme.Time is not { } time || (request.Credential(time.Header) is { } text && time.Allows(text, clock.WallTime()));

    private bool IsAmong(ReadOnlySpan<byte> given, byte[] expected)
    {
        if (!scheme.HasSeveralSignatures)
        {
            return CryptographicOperations.FixedTimeEquals(expected, given);
        }

        var matches = false;
        foreach (var part in given.Split((byte)' '))
        {
            matches |= CryptographicOperations.FixedTimeEquals(expected, given[part]);
        }

        return matches;
    }
}
