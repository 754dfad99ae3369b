namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>How a signature's bytes are written.</summary>
public enum SignatureEncoding
{
    /// <summary>Lowercase hexadecimal.</summary>
    Hex,

    /// <summary>Base64 with padding.</summary>
    Base64,
}
