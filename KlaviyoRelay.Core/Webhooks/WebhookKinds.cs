namespace KlaviyoRelay.Core.Webhooks;

/// <summary>The ways in which a helpdesk can prove that a webhook is its own.</summary>
internal static class WebhookKinds
{
    /// <summary>HTTP Basic: a user name and a password.</summary>
    public const string Basic = "basic";

    /// <summary>A header with a fixed token.</summary>
    public const string Header = "header";

    /// <summary>A header with the lowercase hex HMAC-SHA256 of the raw body.</summary>
    public const string HmacSha256Hex = "hmac-sha256-hex";

    public static IReadOnlyList<string> All { get; } = [Basic, Header, HmacSha256Hex];
}
