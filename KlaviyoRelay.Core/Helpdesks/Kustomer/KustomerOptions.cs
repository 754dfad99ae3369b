namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>Kustomer's REST API: <c>Relay__Connections__{name}__Kustomer__...</c>.</summary>
public sealed class KustomerOptions
{
    /// <summary><c>https://{org}.api.kustomerapp.com</c>; plain http on loopback only.</summary>
    public string BaseAddress { get; set; } = "";

    /// <summary>Name of the secret that holds the API key.</summary>
    public string ApiKeySecret { get; set; } = "";

    /// <summary>
    /// Look-ups per minute. 300 is the least that any Kustomer plan allows
    /// (developer.kustomer.com/docs/concepts/rate-limits); Enterprise allows 1,000, Ultimate 2,000.
    /// </summary>
    public int RequestsPerMinute { get; set; } = 300;

    /// <summary>
    /// Whether the addresses in a customer's <c>sharedEmails</c> get events too. Such an address may belong to
    /// several customers (developer.kustomer.com), so one customer's conversation would show on another's profile.
    /// </summary>
    public bool SharedEmails { get; set; }

    /// <summary>Whether conversations that Kustomer marks as spam count.</summary>
    public bool Spam { get; set; }

    /// <summary>Whether deleted conversations count.</summary>
    public bool Deleted { get; set; }

    /// <summary>Whether conversations that the shop began count. Without them, a campaign that is sent from Kustomer opens none.</summary>
    public bool Outbound { get; set; } = true;
}
