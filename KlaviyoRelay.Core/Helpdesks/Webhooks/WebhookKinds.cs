namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>The ways in which a helpdesk can prove that a webhook is its own: the values of <c>Webhook__Kind</c>.</summary>
public static class WebhookKinds
{
    /// <summary>HTTP Basic: a user name and a password.</summary>
    public const string Basic = "basic";

    /// <summary>A header with a fixed token.</summary>
    public const string Header = "header";

    /// <summary>A signature by what the connection's settings say: <see cref="SignatureOptions"/>.</summary>
    public const string Hmac = "hmac-custom";

    /// <summary>These three, and a signature by each of <see cref="HmacSchemes"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [Basic, Header, .. HmacSchemes.All.Select(scheme => scheme.Kind), Hmac];
}
