namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>How a signing secret's text becomes the key's bytes.</summary>
public enum SigningKeyForm
{
    /// <summary>The text itself, in UTF-8.</summary>
    Text,

    /// <summary>Base64 of 24 to 64 bytes, with or without <c>whsec_</c> before it.</summary>
    StandardWebhooks,
}
