using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>What the tests of profiles, lists and imports share.</summary>
public abstract class RecordsTest : SimulatorTest
{
    protected const string Jobs = "/api/profile-bulk-import-jobs";

    protected Task<SimulatorAnswer> GetAsync(string path) => KlaviyoAsync(HttpMethod.Get, path);

    protected Task<SimulatorAnswer> ImportAsync(string attributes, string? meta = null, string? id = null) =>
        KlaviyoAsync(HttpMethod.Post, "/api/profile-import", ImportBodies.Single(attributes, meta, id));

    protected Task<SimulatorAnswer> PostJobAsync(JsonNode body) => KlaviyoAsync(HttpMethod.Post, Jobs, body);

    /// <summary>Posts a job that must be accepted; the path of the job.</summary>
    protected async Task<string> AcceptAsync(JsonNode body)
    {
        var answer = await PostJobAsync(body);
        answer.Status.ShouldBe(202, answer.Text);
        return $"{Jobs}/{Id(answer)}";
    }

    /// <summary>Seeds by the control API, and fails when that is refused.</summary>
    protected async Task SeedAsync(string path, string body)
    {
        var answer = await ControlAsync(HttpMethod.Post, path, body);
        answer.Status.ShouldBe(200, answer.Text);
    }

    protected Task SetImportsAsync(string imports) => SeedAsync("/settings", $$"""{"imports":{{imports}}}""");

    protected async Task<string> CreateListAsync(string name = "Customers")
    {
        var answer = await KlaviyoAsync(
            HttpMethod.Post, "/api/lists", JsonNode.Parse($$$$"""{"data":{"type":"list","attributes":{"name":"{{{{name}}}}"}}}"""));
        answer.Status.ShouldBe(201, answer.Text);
        return Id(answer);
    }

    /// <summary>All items of a collection, page by page.</summary>
    protected async Task<List<JsonNode>> AllAsync(string path)
    {
        var items = new List<JsonNode>();
        for (var next = path; next is not null;)
        {
            var answer = await GetAsync(next);
            answer.Status.ShouldBe(200, answer.Text);
            items.AddRange(Items(answer));
            next = answer.Json["links"]?["next"]?.GetValue<string>() is { } link ? new Uri(link).PathAndQuery["/klaviyo".Length..] : null;
        }

        return items;
    }

    protected static IEnumerable<JsonNode> Items(SimulatorAnswer answer) => (answer.Json["data"] as JsonArray ?? []).OfType<JsonNode>();

    protected static string Id(SimulatorAnswer answer) => Id(answer.Json["data"]);

    protected static string Id(JsonNode? resource) => resource?["id"]?.GetValue<string>() ?? throw new InvalidOperationException("no id");

    protected static JsonNode? Attribute(JsonNode? resource, string name) => resource?["attributes"]?[name];

    protected static JsonNode? Attribute(SimulatorAnswer answer, string name) => Attribute(answer.Json["data"], name);
}
