using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>Bodies of imports as Klaviyo's reference has them.</summary>
internal static class ImportBodies
{
    public const string Profiles = "/data/attributes/profiles/data";

    /// <summary>The body of a single import; <paramref name="attributes"/> is a JSON object.</summary>
    public static JsonNode Single(string attributes, string? meta = null, string? id = null) =>
        new JsonObject { ["data"] = Profile(attributes, meta, id) };

    public static JsonNode Job(params IEnumerable<JsonNode> profiles) => JobInto([], profiles);

    public static JsonNode JobInto(string[] lists, params IEnumerable<JsonNode> profiles)
    {
        var data = new JsonObject
        {
            ["type"] = "profile-bulk-import-job",
            ["attributes"] = new JsonObject { ["profiles"] = new JsonObject { ["data"] = new JsonArray([.. profiles]) } },
        };
        if (lists.Length > 0)
        {
            data["relationships"] = new JsonObject { ["lists"] = new JsonObject { ["data"] = References("list", lists) } };
        }

        return new JsonObject { ["data"] = data };
    }

    public static JsonNode Profile(string attributes, string? meta = null, string? id = null)
    {
        var profile = new JsonObject { ["type"] = "profile", ["attributes"] = JsonNode.Parse(attributes) };
        if (meta is not null)
        {
            profile["meta"] = JsonNode.Parse(meta);
        }

        if (id is not null)
        {
            profile["id"] = id;
        }

        return profile;
    }

    public static JsonNode WithEmail(string email) => Profile($$"""{"email":"{{email}}"}""");

    public static IEnumerable<JsonNode> Numbered(int count, string name = "c") =>
        Enumerable.Range(0, count).Select(i => WithEmail($"{name}{i}@klaviyo-demo.com"));

    public static JsonNode Members(params IEnumerable<string> ids) => new JsonObject { ["data"] = References("profile", ids) };

    private static JsonArray References(string type, IEnumerable<string> ids) =>
        [.. ids.Select(id => new JsonObject { ["type"] = type, ["id"] = id })];
}
