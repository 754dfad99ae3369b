namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>One Klaviyo account: <c>Relay__Accounts__{account}__...</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>Name of the secret that holds the Klaviyo private key; never the key itself.</summary>
    public string PrivateKeySecret { get; set; } = "";

    /// <summary>
    /// Name of the secret that holds the key for the audit, segments and leaks; it may be the same. Empty: the private key
    /// serves them, and the account is not audited every week.
    /// </summary>
    public string AuditKeySecret { get; set; } = "";

    /// <summary>Whether campaigns may be made, scheduled and cancelled over HTTP and by the command line.</summary>
    public bool CampaignsEnabled { get; set; }

    /// <summary>
    /// Name of the secret that holds the key for campaigns; it may be the same. Empty: the private key serves them.
    /// </summary>
    public string CampaignsKeySecret { get; set; } = "";

    /// <summary>
    /// The account's public API key (site ID), which names the account and is no secret. With it the check tells a
    /// private key of another account. Empty: it is not compared.
    /// </summary>
    public string PublicApiKey { get; set; } = "";

    /// <summary>
    /// The part of Klaviyo's rate limits that the relay may use, above 0 and at most 1. The limits are per
    /// account, so other integrations of the same account live on the rest.
    /// </summary>
    public double RateShare { get; set; } = 0.8;
}
