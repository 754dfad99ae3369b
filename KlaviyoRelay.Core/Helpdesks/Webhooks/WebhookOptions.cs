namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>How a connection's webhooks are authenticated: <c>Relay__Connections__{name}__Webhook__...</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// <c>basic</c>, <c>header</c>, <c>hmac-sha256-hex</c>, <c>hmac-sha256-base64</c>,
    /// <c>hmac-sha256-timestamped</c> (Zendesk), <c>hmac-sha1-hex</c> (Intercom), <c>standard-webhooks</c>, or
    /// <c>hmac-custom</c> with <see cref="Signature"/>.
    /// </summary>
    public string Kind { get; set; } = "";

    /// <summary>The user name, for kind <c>basic</c>.</summary>
    public string Username { get; set; } = "";

    /// <summary>The header that carries the token or the signature; empty for the one that the kind's helpdesk sends.</summary>
    public string Header { get; set; } = "";

    /// <summary>Name of the secret: password, token or signing key; never the value itself.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Name of a second secret that is accepted too, while one replaces the other; empty for none.</summary>
    public string SecondSecret { get; set; } = "";

    /// <summary>How many authentic webhooks of the connection an instance has in hand at once; more are answered with 429.</summary>
    public int MaxConcurrency { get; set; } = 64;

    /// <summary>How webhooks are signed, for kind <c>hmac-custom</c>.</summary>
    public SignatureOptions Signature { get; set; } = new();
}
