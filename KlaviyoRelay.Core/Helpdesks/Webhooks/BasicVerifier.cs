using System.Text;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>HTTP Basic, as Gladly sends it (RFC 7617).</summary>
public sealed class BasicVerifier : IWebhookVerifier
{
    private const string Scheme = "Basic ";

    public string Kind => WebhookKinds.Basic;

    public bool NeedsBody => false;

    public string? WhatIsWrongWith(string secret) => SecretText.WhatIsWrongWith(secret);

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body)
    {
        if (secret.Length == 0
            || request.Credential("Authorization") is not { } header
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var encoded = header.AsSpan(Scheme.Length).Trim();
        var given = new byte[encoded.Length];
        return Convert.TryFromBase64Chars(encoded, given, out var length)
            && ConstantTime.AreEqual(Encoding.UTF8.GetBytes($"{options.Username}:{secret}"), given.AsSpan(0, length));
    }
}
