namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>One way to tell a helpdesk's webhook from a forged one. In constant time where it compares.</summary>
public interface IWebhookVerifier
{
    /// <summary>The kind in <see cref="WebhookKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Whether the body is signed, so that it has to be read first.</summary>
    bool NeedsBody { get; }

    /// <summary>Why a secret can't be used, as the rest of a sentence that begins with its name; null when it can.</summary>
    /// <param name="secret">The password, token or signing key.</param>
    string? WhatIsWrongWith(string secret);

    /// <summary>Whether the request carries the connection's credentials.</summary>
    /// <param name="options">The connection's webhook settings.</param>
    /// <param name="secret">The password, token or signing key.</param>
    /// <param name="request">For its headers.</param>
    /// <param name="body">The body; for a verifier that needs it.</param>
    bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body);
}
