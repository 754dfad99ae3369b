using KlaviyoRelay.Core.Helpdesks.Generic;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>A connection for each helpdesk's samples, and one for each kind of webhook authentication.</summary>
internal static class FuzzSettings
{
    public static (string Name, string? Value)[] Differences { get; } =
    [
        .. KustomerCustomers.Settings,
        .. FuzzCredentials.Kinds.SelectMany(Connection),
        .. GenericPresets.Names.SelectMany(preset => TestSettings.Desk(preset).Select(setting => (setting.Name.Replace("__desk__", $"__{preset}__", StringComparison.Ordinal), setting.Value))),
        .. DeskWebhookBuilder.Settings(
            ("Generic__Emails", "/customer/emails/*/a"), ("Generic__EmailVerified", "/customer/emails/*/v"), ("Generic__Phone", "/customer/phone"),
            ("Generic__OpenConversations", "/customer/open"), ("Generic__Brand", "/ticket/site"), ("Generic__RatingIsEvent", "true"), ("Generic__EventId", "/ticket/number,/what")),
    ];

    private static (string Name, string? Value)[] Connection(string kind)
    {
        var name = FuzzCredentials.ConnectionOf(kind);
        return
        [
            ($"Relay__Connections__{name}__Helpdesk", "gladly"),
            ($"Relay__Connections__{name}__Account", "main"),
            ($"Relay__Connections__{name}__Webhook__Kind", kind),
            ($"Relay__Connections__{name}__Webhook__Username", "relay"),
            ($"Relay__Connections__{name}__Webhook__Header", kind == "basic" ? null : FuzzCredentials.Header),
            ($"Relay__Connections__{name}__Webhook__Secret", "fuzzed"),
            ($"Relay__Connections__{name}__Gladly__BaseAddress", TestSettings.Gladly),
            ($"Relay__Connections__{name}__Gladly__ApiUser", "agent@acme.test"),
            ($"Relay__Connections__{name}__Gladly__ApiTokenSecret", "gladlyToken"),
            ("Secrets__fuzzed", FuzzCredentials.Secret),
        ];
    }
}
