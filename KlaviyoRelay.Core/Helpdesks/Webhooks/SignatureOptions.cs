namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>How a helpdesk signs its webhooks, for kind <c>hmac-custom</c>: <c>Relay__Connections__{name}__Webhook__Signature__...</c>.</summary>
public sealed class SignatureOptions
{
    /// <summary>The hash of the HMAC: <c>sha1</c>, <c>sha256</c>, <c>sha384</c> or <c>sha512</c>.</summary>
    public string Algorithm { get; set; } = "sha256";

    /// <summary>How the signature's bytes are written: <c>hex</c>, in lower or upper case, or <c>base64</c>.</summary>
    public string Encoding { get; set; } = "hex";

    /// <summary>What stands before the signature, such as <c>sha256=</c>.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>What is signed: <c>{body}</c> once, and beside it text and headers, such as <c>{podium-timestamp}.{body}</c>.</summary>
    public string SignedText { get; set; } = "{body}";

    /// <summary>The header of <see cref="SignedText"/> that says when it was signed; empty when none does.</summary>
    public string TimeHeader { get; set; } = "";

    /// <summary>How old or how far ahead that time may be.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);
}
