namespace KlaviyoRelay.Core.Webhooks;

/// <summary>A fixed token in a header.</summary>
internal sealed class HeaderVerifier : IWebhookVerifier
{
    public string Kind => WebhookKinds.Header;

    public bool HashesBody => false;

    public string? WhatIsWrongWith(string secret) => secret.Length == 0 ? "is empty" : null;

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body) =>
        secret.Length > 0
        && request.Credential(options.Header) is { } given
        && ConstantTime.AreEqual(secret, given);
}
