namespace KlaviyoRelay.Core.Webhooks;

/// <summary>How a connection's webhooks are authenticated: <c>Relay__Connections__{name}__Webhook__...</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary><c>basic</c>, <c>header</c> or <c>hmac-sha256-hex</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The user name, for kind <c>basic</c>.</summary>
    public string Username { get; set; } = "";

    /// <summary>The header that carries the token or the signature.</summary>
    public string Header { get; set; } = "";

    /// <summary>Name of the secret: password, token or signing key; never the value itself.</summary>
    public string Secret { get; set; } = "";
}
