using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Browser;

/// <summary>Answers of the relay's endpoint for insights, for states of the card that are hard to reach.</summary>
internal static class InsightAnswers
{
    public static JsonObject Of(string customer, params JsonNode[] accounts) =>
        new() { ["connection"] = "kustomer", ["customer"] = customer, ["accounts"] = new JsonArray(accounts) };

    public static JsonObject Account(string name, params JsonNode[] profiles) =>
        new() { ["account"] = name.ToLowerInvariant(), ["name"] = name, ["profiles"] = new JsonArray(profiles), ["missing"] = new JsonArray() };

    /// <summary>A profile that has everything; <paramref name="change"/> makes it another.</summary>
    public static JsonObject Profile(Action<JsonObject>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        string Ago(double days) => now.AddDays(-days).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var profile = Json($$"""
            {
              "id": "01HX", "link": "https://www.klaviyo.com/profile/01HX", "asOf": "{{Ago(0.003)}}", "isStale": false,
              "consent": [
                { "channel": "email", "status": "subscribed", "canReceive": true, "since": "2025-11-01T08:00:00Z" },
                { "channel": "sms", "status": "never-subscribed", "canReceive": false, "since": null }
              ],
              "suppressions": [],
              "inConversation": [{ "property": "In Kustomer Conversation", "value": true }],
              "lists": [
                { "name": "Newsletter", "link": "https://www.klaviyo.com/lists/Ab12Cd" }, { "name": "Loyalty club", "link": "https://www.klaviyo.com/lists/Ef34Gh" }
              ],
              "segments": [
                { "name": "VIP", "link": "https://www.klaviyo.com/lists/Xy98Zw" }, { "name": "Bought in the last 90 days", "link": "https://www.klaviyo.com/lists/Qr56St" }
              ],
              "messages": [
                { "kind": "campaign", "channel": "email", "name": "Winter sale", "subject": "Up to 40 % off, this weekend only", "link": "https://www.klaviyo.com/campaign/01A/wizard", "receivedAt": "{{Ago(2)}}", "openedAt": "{{Ago(1.5)}}", "clickedAt": null },
                { "kind": "flow", "channel": "email", "name": "Abandoned cart", "subject": "You left something behind", "link": "https://www.klaviyo.com/flow/F1/edit", "receivedAt": "{{Ago(5)}}", "openedAt": "{{Ago(5)}}", "clickedAt": "{{Ago(4.9)}}" },
                { "kind": "campaign", "channel": "sms", "name": "Club night", "subject": null, "link": null, "receivedAt": "{{Ago(9)}}", "openedAt": null, "clickedAt": null }
              ],
              "conversations": [
                { "event": "Kustomer Conversation Create", "at": "{{Ago(0.1)}}" }, { "event": "Kustomer Conversation Close", "at": "{{Ago(20)}}" }
              ],
              "missing": []
            }
            """);
        change?.Invoke(profile);
        return profile;
    }

    public static JsonNode Missing(string part, string why, int seconds) => Json($$"""{ "part": "{{part}}", "why": "{{why}}", "askAgainAfterSeconds": {{seconds}} }""");

    /// <summary>As many links as a long list has.</summary>
    public static JsonArray Names(string name, int count) =>
        [.. Enumerable.Range(1, count).Select(number => Json($$"""{ "name": "{{name}} {{number}}", "link": "https://www.klaviyo.com/lists/L{{number}}" }"""))];

    public static JsonObject Problem(int status, string title, string detail) => new() { ["status"] = status, ["title"] = title, ["detail"] = detail };

    public static JsonObject Json(string text) => JsonNode.Parse(text)?.AsObject() ?? throw new ArgumentException("Not an object.", nameof(text));
}
