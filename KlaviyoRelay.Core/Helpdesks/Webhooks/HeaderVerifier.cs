namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>A fixed token in a header.</summary>
public sealed class HeaderVerifier : IWebhookVerifier
{
    public const string HasOtherCharacters = "holds characters that no header carries";

    public static readonly string IsTooLong = FormattableString.Invariant($"is longer than {WebhookRequest.MaxCredentialLength} characters");

    public string Kind => WebhookKinds.Header;

    public bool NeedsBody => false;

    public string? WhatIsWrongWith(string secret) => SecretText.WhatIsWrongWith(secret) ?? secret switch
    {
        { Length: > WebhookRequest.MaxCredentialLength } => IsTooLong,
        // Visible ASCII, blanks and tabs (RFC 9110, section 5.5); see WebhookRequest.Credential.
        _ when !secret.All(character => character is '\t' or (>= ' ' and <= '~')) => HasOtherCharacters,
        _ => null,
    };

    public bool IsAuthentic(WebhookOptions options, string secret, WebhookRequest request, ReadOnlySpan<byte> body) =>
        secret.Length > 0
        && request.Credential(options.Header) is { } given
        && ConstantTime.AreEqual(secret, given);
}
