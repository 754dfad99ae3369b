namespace KlaviyoRelay.Faults.Processes;

/// <summary>The relay's settings, as environment variables: two connections to one account of the simulator.</summary>
internal static class RelaySettings
{
    public const string KlaviyoKey = "pk_end_to_end";
    public const string GladlyPassword = "gladly-webhook-password";
    public const string KustomerToken = "kustomer-webhook-token";
    public const string CardToken = "kustomer-card-token";

    /// <summary>For a relay that is killed, or cut from its queues: its messages are read again when their locks end.</summary>
    public static readonly (string Setting, string Value) ShortLock = ("LocalHost__Lock", "00:00:04");

    /// <summary>The simulator's environment. Its Kustomer has the relay's card.</summary>
    public static Dictionary<string, string> OfSimulator(Uri relay, Uri simulator) => new()
    {
        ["ASPNETCORE_URLS"] = simulator.AbsoluteUri,
        ["Simulator__Card__Relay"] = relay.AbsoluteUri,
        ["Simulator__Card__Token"] = CardToken,
    };

    /// <summary>The relay's settings that switch the card in Kustomer on.</summary>
    public static readonly (string Setting, string Value)[] Card =
    [
        ("Relay__Connections__kustomer__Card__Secret", "cardToken"),
        ("Secrets__cardToken", CardToken),
    ];

    public static Dictionary<string, string> For(Uri relay, Uri simulator, Uri queues, Uri? blobs = null, Uri? tables = null) => new()
    {
        ["ASPNETCORE_URLS"] = relay.AbsoluteUri,
        ["AzureWebJobsStorage"] = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;QueueEndpoint={queues}devstoreaccount1;{(blobs is null ? "" : $"BlobEndpoint={blobs}devstoreaccount1;")}{(tables is null ? "" : $"TableEndpoint={tables}devstoreaccount1;")}",
        // On a busy machine a short lock can end before it is renewed; a message that is read again may become a second letter.
        ["LocalHost__Lock"] = "00:01:00",
        ["Klaviyo__BaseAddress"] = $"{simulator}klaviyo",
        ["Relay__Accounts__main__PrivateKeySecret"] = "klaviyoKey",
        ["Secrets__klaviyoKey"] = KlaviyoKey,
        ["Relay__Connections__gladly__Helpdesk"] = "gladly",
        ["Relay__Connections__gladly__Account"] = "main",
        ["Relay__Connections__gladly__Webhook__Kind"] = "basic",
        ["Relay__Connections__gladly__Webhook__Username"] = "relay",
        ["Relay__Connections__gladly__Webhook__Secret"] = "gladlyPassword",
        ["Secrets__gladlyPassword"] = GladlyPassword,
        ["Relay__Connections__gladly__Gladly__BaseAddress"] = $"{simulator}gladly",
        ["Relay__Connections__gladly__Gladly__ApiUser"] = "relay@acme.test",
        ["Relay__Connections__gladly__Gladly__ApiTokenSecret"] = "gladlyToken",
        ["Relay__Connections__gladly__Gladly__RequestsPerSecond"] = "1000",
        ["Secrets__gladlyToken"] = "gladly-api-token",
        ["Relay__Connections__kustomer__Helpdesk"] = "kustomer",
        ["Relay__Connections__kustomer__Account"] = "main",
        ["Relay__Connections__kustomer__Webhook__Kind"] = "hmac-sha256-hex",
        ["Relay__Connections__kustomer__Webhook__Header"] = "X-Kustomer-Webhook-Signature",
        ["Relay__Connections__kustomer__Webhook__Secret"] = "kustomerToken",
        ["Secrets__kustomerToken"] = KustomerToken,
        ["Relay__Connections__kustomer__Kustomer__BaseAddress"] = $"{simulator}kustomer",
        ["Relay__Connections__kustomer__Kustomer__ApiKeySecret"] = "kustomerKey",
        ["Relay__Connections__kustomer__Kustomer__RequestsPerMinute"] = "60000",
        ["Secrets__kustomerKey"] = "kustomer-api-key",
        ["KustomerCard__Ancestors"] = simulator.GetLeftPart(UriPartial.Authority),
        ["KustomerCard__Sdk"] = $"{simulator}kustomer-window/kustomer-card.js",
    };
}
