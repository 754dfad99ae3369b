using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Tests.Support;

/// <summary>Settings as the environment writes them: one account, a Gladly and a Kustomer connection.</summary>
internal static class TestSettings
{
    public const string Klaviyo = "https://a.klaviyo.test";
    public const string Gladly = "https://acme.gladly.test";
    public const string Kustomer = "https://acme.api.kustomerapp.com";
    public const string CardToken = "card-token-of-the-tests";

    public static Dictionary<string, string?> Default() => new(StringComparer.Ordinal)
    {
        ["Klaviyo__BaseAddress"] = Klaviyo,
        ["Relay__Accounts__main__PrivateKeySecret"] = "klaviyoKey",
        // Events go one by one, whatever their number, unless a test is about bulk jobs.
        ["Relay__Delivery__BulkThreshold"] = "0",
        ["Relay__Connections__gladly__Helpdesk"] = "gladly",
        ["Relay__Connections__gladly__Account"] = "main",
        ["Relay__Connections__gladly__Webhook__Kind"] = "basic",
        ["Relay__Connections__gladly__Webhook__Username"] = "relay",
        ["Relay__Connections__gladly__Webhook__Secret"] = "gladlyPassword",
        ["Relay__Connections__gladly__Gladly__BaseAddress"] = Gladly,
        ["Relay__Connections__gladly__Gladly__ApiUser"] = "agent@acme.test",
        ["Relay__Connections__gladly__Gladly__ApiTokenSecret"] = "gladlyToken",
        ["Relay__Connections__kustomer__Helpdesk"] = "kustomer",
        ["Relay__Connections__kustomer__Account"] = "main",
        ["Relay__Connections__kustomer__Webhook__Kind"] = "hmac-sha256-hex",
        ["Relay__Connections__kustomer__Webhook__Header"] = "X-Kustomer-Webhook-Signature",
        ["Relay__Connections__kustomer__Webhook__Secret"] = "kustomerToken",
        ["Relay__Connections__kustomer__Kustomer__BaseAddress"] = Kustomer,
        ["Relay__Connections__kustomer__Kustomer__ApiKeySecret"] = "kustomerKey",
        ["Secrets__klaviyoKey"] = "pk_main",
        ["Secrets__gladlyPassword"] = "gladly-password",
        ["Secrets__gladlyToken"] = "gladly-api-token",
        ["Secrets__kustomerToken"] = "kustomer-test-token",
        ["Secrets__kustomerKey"] = "kustomer-api-key",
    };

    /// <summary>A second account with a Gladly connection of its own.</summary>
    public static (string Name, string? Value)[] SecondAccount =>
    [
        ("Relay__Accounts__second__PrivateKeySecret", "secondKey"),
        ("Relay__Connections__other__Helpdesk", "gladly"),
        ("Relay__Connections__other__Account", "second"),
        ("Relay__Connections__other__Webhook__Kind", "basic"),
        ("Relay__Connections__other__Webhook__Username", "relay"),
        ("Relay__Connections__other__Webhook__Secret", "gladlyPassword"),
        ("Relay__Connections__other__Gladly__BaseAddress", Gladly),
        ("Relay__Connections__other__Gladly__ApiUser", "agent@acme.test"),
        ("Relay__Connections__other__Gladly__ApiTokenSecret", "gladlyToken"),
        ("Secrets__secondKey", "pk_second"),
    ];

    /// <summary>A card of a connection, and its token.</summary>
    public static (string Name, string? Value)[] Card(string connection) =>
    [
        ($"Relay__Connections__{connection}__Card__Secret", "cardToken"),
        ("Secrets__cardToken", CardToken),
    ];

    /// <summary>A generic connection named <c>desk</c>, read by a preset; differences are settings of that connection, such as <c>Generic__Emails</c>.</summary>
    public static (string Name, string? Value)[] Desk(string? preset, params (string Name, string? Value)[] differences) =>
    [
        ("Relay__Connections__desk__Helpdesk", "generic"),
        ("Relay__Connections__desk__Account", "main"),
        ("Relay__Connections__desk__Webhook__Kind", "header"),
        ("Relay__Connections__desk__Webhook__Header", "X-Webhook-Token"),
        ("Relay__Connections__desk__Webhook__Secret", "deskToken"),
        ("Relay__Connections__desk__Generic__Preset", preset),
        ("Secrets__deskToken", "desk-token"),
        .. differences.Select(difference => ($"Relay__Connections__desk__{difference.Name}", difference.Value)),
    ];

    /// <summary>The defaults with these differences; null takes a setting away.</summary>
    public static IConfigurationRoot With(params (string Name, string? Value)[] differences)
    {
        var settings = Default();
        foreach (var (name, value) in differences)
        {
            settings.Remove(name);
            if (value is not null)
            {
                settings[name] = value;
            }
        }

        return Of(settings);
    }

    public static IConfigurationRoot Of(IEnumerable<KeyValuePair<string, string?>> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)))
        .Build();
}
