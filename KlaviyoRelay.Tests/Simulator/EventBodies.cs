using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>Good bodies of the two event endpoints; a test changes the one thing it is about.</summary>
internal static class EventBodies
{
    public const string Attributes = "/data/attributes";
    public const string Metric = "/data/attributes/metric/data/attributes";
    public const string Profile = "/data/attributes/profile/data/attributes";

    public static JsonNode Single(string email = "jane@klaviyo-demo.com", string? uniqueId = "one") => Parse("""
        {"data":{"type":"event","attributes":{
          "properties":{"subject":"Where is my order?"},
          "time":"2026-07-20T09:59:58.75Z",
          "unique_id":UNIQUE_ID,
          "metric":{"data":{"type":"metric","attributes":{"name":"started conversation in Gladly"}}},
          "profile":{"data":{"type":"profile","attributes":{"email":EMAIL,"properties":{"In Gladly Conversation":true}}}}
        }}}
        """, ("EMAIL", email), ("UNIQUE_ID", uniqueId));

    public static JsonNode Bulk(params JsonNode[] entries) => Parse("""
        {"data":{"type":"event-bulk-create-job","attributes":{"events-bulk-create":{"data":[]}}}}
        """).With("/data/attributes/events-bulk-create/data", new JsonArray(entries));

    public static JsonNode Entry(string email, params string[] uniqueIds) => Parse("""
        {"type":"event-bulk-create","attributes":{
          "profile":{"data":{"type":"profile","attributes":{"email":EMAIL}}},
          "events":{"data":[]}
        }}
        """, ("EMAIL", email)).With("/attributes/events/data", new JsonArray([.. uniqueIds.Select(Event)]));

    /// <summary>Sets the value at a JSON pointer, or takes it away when null.</summary>
    public static JsonNode With(this JsonNode body, string pointer, JsonNode? value)
    {
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate(body, (node, step) => (node is JsonArray list ? list[int.Parse(step)] : node[step])
            ?? throw new InvalidOperationException($"Nothing at {pointer}"));
        if (value is null)
        {
            parent.AsObject().Remove(steps[^1]);
        }
        else
        {
            parent[steps[^1]] = value;
        }

        return body;
    }

    private static JsonNode Event(string uniqueId) => Parse("""
        {"type":"event","attributes":{"properties":{},"unique_id":UNIQUE_ID,"metric":{"data":{"type":"metric","attributes":{"name":"M"}}}}}
        """, ("UNIQUE_ID", uniqueId));

    private static JsonNode Parse(string json, params (string Name, string? Value)[] texts)
    {
        foreach (var (name, value) in texts)
        {
            json = json.Replace(name, JsonValue.Create(value)?.ToJsonString() ?? "null", StringComparison.Ordinal);
        }

        return JsonNode.Parse(json) ?? throw new InvalidOperationException("null");
    }
}
