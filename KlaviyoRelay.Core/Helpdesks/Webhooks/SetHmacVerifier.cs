using System.Collections.Concurrent;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>Verifies an HMAC by the rules that a connection's settings describe.</summary>
public sealed class SetHmacVerifier(TimeProvider clock) : IWebhookVerifier
{
    // One for each connection of this kind.
    private readonly ConcurrentDictionary<WebhookOptions, HmacVerifier> _verifiers = new(ReferenceEqualityComparer.Instance);

    public string Kind => WebhookKinds.Hmac;

    public bool NeedsBody => true;

    public string? WhatIsWrongWith(string secret) => SecretText.WhatIsWrongWith(secret);

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body) =>
        VerifierOf(options).IsAuthentic(options, secret, request, body);

    private HmacVerifier VerifierOf(WebhookOptions options) =>
        _verifiers.GetOrAdd(options, static (one, time) => new HmacVerifier(HmacSchemes.Of(one), time), clock);
}
