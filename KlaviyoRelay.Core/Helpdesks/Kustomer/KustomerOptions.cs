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

    /// <summary>
    /// Which of a customer's fields go to the profile in Klaviyo: some of <c>email,phone,name,locale,organization,externalId</c>.
    /// Empty: webhooks about customers are ignored.
    /// </summary>
    public string CustomerFields { get; set; } = "";

    /// <summary>Custom attributes of a customer that become custom properties of the profile, such as <c>loyaltyTierStr=Loyalty tier,pointsNum</c>.</summary>
    public string CustomerProperties { get; set; } = "";

    /// <summary>What an attribute without a value does to the profile: <c>leave</c> the value that is there, or <c>clear</c> it.</summary>
    public string CustomerNulls { get; set; } = "leave";

    /// <summary>The country of customers' phone numbers without a country code, by its two letters.</summary>
    public string CustomerPhoneRegion { get; set; } = "";

    /// <summary>Whether webhooks about customers are relayed.</summary>
    internal bool MapsCustomers => CustomerFields.Length > 0;
}
