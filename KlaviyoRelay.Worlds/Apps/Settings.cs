using System.Globalization;
using KlaviyoRelay.Worlds.Plans;
using KlaviyoRelay.Worlds.Vendors;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>The settings of one instance, as its environment would have them.</summary>
internal static class Settings
{
    public const string BrandsKey = "zq9-brands-key";
    public const string KustomerKey = "zq9-kustomer-key";
    public const string KustomerToken = "zq9-kustomer-token";
    public const string GladlyPassword = "zq9-gladly-password";
    public const string GladlyToken = "zq9-gladly-token";
    public const string DeskToken = "zq9-desk-token";
    public const string RowsSecret = "zq9-rows-secret";
    public const string GladlyUser = "relay";

    /// <summary>The secrets by name; the keys of Klaviyo's accounts change.</summary>
    public static IReadOnlyDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["gladlyPassword"] = GladlyPassword,
        ["gladlyToken"] = GladlyToken,
        ["kustomerToken"] = KustomerToken,
        ["kustomerKey"] = KustomerKey,
        ["brandsKey"] = BrandsKey,
        ["deskToken"] = DeskToken,
        ["rowsSecret"] = RowsSecret,
        ["conversationRecordKey"] = "zq9-record-key-of-the-worlds",
    };

    public static string SecretOf(string account) => $"{account}Key";

    public static IConfiguration Of(Town town, int writeVersion) => new ConfigurationBuilder().AddInMemoryCollection(
    [
        // So that secrets are read from a vault: the world's.
        Pair("KeyVault:Uri", "https://world.vault.test"),
        Pair("Klaviyo:BaseAddress", $"https://{Klaviyo.Host}"),
        Pair("Relay:WriteVersion", Text(writeVersion)),
        Pair("Relay:Delivery:BulkThreshold", Text(town.BulkThreshold)),
        Pair("Relay:Records:StuckAfter", "00:30:00"),
        .. Names.Accounts.SelectMany(account => (IEnumerable<KeyValuePair<string, string?>>)
        [
            Pair($"Relay:Accounts:{account}:PrivateKeySecret", SecretOf(account)),
            Pair($"Relay:Accounts:{account}:RateShare", town.RateShare.ToString(CultureInfo.InvariantCulture)),
        ]),
        .. Connection(Names.Gladly, "gladly", Names.Main, ("Webhook:Kind", "basic"), ("Webhook:Username", GladlyUser), ("Webhook:Secret", "gladlyPassword"),
            ("Gladly:BaseAddress", $"https://{GladlyDesk.Host}"), ("Gladly:ApiUser", "agent@acme.shop"), ("Gladly:ApiTokenSecret", "gladlyToken"),
            ("Gladly:RequestsPerSecond", Text(town.GladlyPerSecond))),
        .. Connection(Names.Kustomer, "kustomer", Names.Main, Kustomer("kustomerKey", town)),
        .. Connection(Names.Brands, "kustomer", Names.Main, [.. Kustomer("brandsKey", town), ("Brands:other:Ids", Names.OtherBrand), ("Brands:other:Account", Names.Second)]),
        .. Connection(Names.Desk, "generic", Names.Second, ("Webhook:Kind", "header"), ("Webhook:Header", "X-Webhook-Token"), ("Webhook:Secret", "deskToken"),
            ("Generic:Preset", "zendesk"), ("CreateProfiles", town.CreatesProfiles ? "true" : "false")),
        .. Sync(Names.People, ("Object", "profiles"), ("ProfileProperties", "points")),
        .. Sync(Names.Members, ("Object", "lists"), ("List", "LIST01"), ("ProfileProperties", "points")),
        .. Sync(Names.Orders, ("Object", "events"), ("Key", "order_id"), ("Event:Name", "Placed Order"), ("Event:TimeColumn", "at"), ("Event:ValueColumn", "total")),
    ]).Build();

    private static (string Name, string Value)[] Kustomer(string key, Town town) =>
    [
        ("Webhook:Kind", "hmac-sha256-hex"), ("Webhook:Secret", "kustomerToken"),
        ("Kustomer:BaseAddress", $"https://{KustomerDesk.Host}"), ("Kustomer:ApiKeySecret", key), ("Kustomer:RequestsPerMinute", Text(town.KustomerPerMinute)),
    ];

    private static IEnumerable<KeyValuePair<string, string?>> Connection(string name, string helpdesk, string account, params (string Name, string Value)[] own) =>
        own.Append(("Helpdesk", helpdesk)).Append(("Account", account)).Append(("ProfileProperty", Names.PropertyOf(name)))
            .Select(setting => Pair($"Relay:Connections:{name}:{setting.Item1}", setting.Item2));

    private static IEnumerable<KeyValuePair<string, string?>> Sync(string name, params (string Name, string Value)[] own) =>
        own.Append(("Account", Names.AccountOfSync(name))).Append(("Secret", "rowsSecret")).Append(("Fields:Email", "email"))
            .Select(setting => Pair($"Relay:Syncs:{name}:{setting.Item1}", setting.Item2));

    private static KeyValuePair<string, string?> Pair(string name, string value) => new(name, value);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
