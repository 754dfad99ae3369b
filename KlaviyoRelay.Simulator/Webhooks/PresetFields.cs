using System.Globalization;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Simulator.Webhooks;

/// <summary>Where the samples of helpdesks with a preset have the conversation, the email and the time, and how they write it.</summary>
internal static class PresetFields
{
    public const string Zendesk = "zendesk";

    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly Dictionary<string, Fields> All = new(StringComparer.Ordinal)
    {
        [Zendesk] = new("ticket_id", "email", ["updated_at"], Text("yyyy-MM-dd'T'HH:mm'Z'")),
        ["freshdesk"] = new("freshdesk_webhook/ticket_id", "freshdesk_webhook/ticket_requester_email", ["freshdesk_webhook/ticket_modified_on"], Text("ddd, dd MMM, yyyy 'at' h:mm tt")),
        ["gorgias"] = new("ticket_id", "email", ["updated", "closed"], Text("yyyy-MM-dd'T'HH:mm:ss.ffffff")),
        ["intercom"] = new("data/item/id", "data/item/source/author/email", ["data/item/updated_at", "data/item/created_at", "created_at", "first_sent_at"], time => time.ToUnixTimeSeconds()),
        ["standard"] = new("data/conversation/id", "data/customer/emails/0", ["timestamp", "data/conversation/opened_at", "data/conversation/closed_at"], Text(Iso)),
    };

    /// <summary>Makes a sample tell of something else. What it does not have, it does not get.</summary>
    public static void Set(string helpdesk, JsonNode webhook, Happening happened, string email)
    {
        var fields = All[helpdesk];
        Set(webhook, fields.Conversation, happened.Conversation);
        Set(webhook, fields.Email, email);
        foreach (var path in fields.Times)
        {
            Set(webhook, path, fields.Write(happened.At));
        }
    }

    private static void Set(JsonNode webhook, string path, JsonNode? value)
    {
        var names = path.Split('/');
        JsonNode? parent = webhook;
        foreach (var name in names[..^1])
        {
            parent = parent?[name];
        }

        switch (parent)
        {
            // An empty time or email stays empty: so the helpdesk says that there is none.
            case JsonObject members when members[names[^1]] is JsonValue { } given && $"{given}".Length > 0:
                members[names[^1]] = value;
                break;
            case JsonArray { Count: > 0 } items:
                items[int.Parse(names[^1], CultureInfo.InvariantCulture)] = value;
                break;
        }
    }

    private static Func<DateTimeOffset, JsonNode> Text(string format) => time => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Fields(string Conversation, string Email, string[] Times, Func<DateTimeOffset, JsonNode> Write);
}
