using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>The least a relay can do, to test the demo without one: no queue, one event per email, sent while the helpdesk waits.</summary>
internal sealed class FakeRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    public FakeRelay(Uri simulator)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = simulator };
        _app = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]).Build();
        _app.MapPost("/api/webhooks/{connection}", HandleAsync);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>A fault of the relay's own: changes, drops or doubles what it would send.</summary>
    public Func<JsonObject, IEnumerable<JsonObject>> Sends { get; set; } = attributes => [attributes];

    public Task StartAsync() => _app.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<int> AnswerAsync(string connection, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (!IsGenuine(connection, request, body.ToArray()))
        {
            return 401;
        }

        var webhook = JsonNode.Parse(body.ToArray()) ?? throw new InvalidOperationException("null");
        if ((connection == "gladly" ? Gladly(webhook) : Kustomer(webhook)) is not var (customer, metric, profile, properties))
        {
            return 200;
        }

        foreach (var email in await EmailsAsync(connection, customer))
        {
            await SendAsync(email, metric, $"{webhook["id"]}", profile, properties);
        }

        return 202;
    }

    private async Task HandleAsync(string connection, HttpContext context) =>
        context.Response.StatusCode = await AnswerAsync(connection, context.Request);

    private static bool IsGenuine(string connection, HttpRequest request, byte[] body) => connection == "gladly"
        ? request.Headers.Authorization == "Basic " + Convert.ToBase64String("klaviyo-relay:simulated-gladly-password"u8)
        : request.Headers["X-Kustomer-Webhook-Signature"]
            == Convert.ToHexStringLower(HMACSHA256.HashData("simulated-kustomer-webhook-token"u8, body));

    private static Told? Gladly(JsonNode webhook) => $"{webhook["type"]}" switch
    {
        "CONVERSATION/CREATED" => Gladly(webhook, "started", true),
        "CONVERSATION/CLOSED" => Gladly(webhook, "closed", false),
        "CONVERSATION/REOPENED" => Gladly(webhook, "reopened", true),
        _ => null,
    };

    private static Told Gladly(JsonNode webhook, string verb, bool now) => new(
        $"{webhook["content"]?["customerId"]}", $"{verb} conversation in Gladly", new() { ["In Gladly Conversation"] = now }, []);

    private static Told? Kustomer(JsonNode webhook)
    {
        var attributes = webhook["data"]?["attributes"];
        var changes = webhook["changes"]?["attributes"];
        var customer = $"{webhook["data"]?["relationships"]?["customer"]?["data"]?["id"]}";
        var properties = new JsonObject
        {
            ["conversationId"] = $"{webhook["dataId"]}",
            ["conversationLink"] = $"https://{webhook["orgName"]}.kustomerapp.com/app/customers/{customer}/event/{webhook["dataId"]}",
            ["subject"] = $"{attributes?["name"]}",
        };
        if ($"{webhook["name"]}" == "kustomer.conversation.create")
        {
            return new(customer, "Kustomer Conversation Create", new() { ["In Kustomer Conversation"] = true }, properties);
        }

        properties["conversationChannel"] = $"{attributes?["channels"]?[0]}";
        if (changes?["satisfactionLevel"] is not null)
        {
            properties["rating"] = attributes?["satisfactionLevel"]?["rating"]?.DeepClone();
            properties["score"] = $"{attributes?["satisfactionLevel"]?["score"]}";
            return new(customer, "Kustomer Conversation CSAT Submitted", [], properties);
        }

        return changes?["status"] is null
            ? null
            : new(customer, "Kustomer Conversation Close", new() { ["In Kustomer Conversation"] = false }, properties);
    }

    private async Task<IReadOnlyList<string>> EmailsAsync(string connection, string customer)
    {
        var gladly = connection == "gladly";
        using var request = new HttpRequestMessage(
            HttpMethod.Get, gladly ? $"/gladly/api/v1/customer-profiles/{customer}" : $"/kustomer/v1/customers/{customer}");
        request.Headers.Authorization = gladly
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String("user:token"u8))
            : new AuthenticationHeaderValue("Bearer", "key");
        using var answer = await _http.SendAsync(request);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        if ((int)answer.StatusCode == 301)
        {
            return await EmailsAsync(connection, $"{json?["errors"]?[0]?["meta"]?["new"]}");
        }

        var emails = gladly ? json?["emails"] : json?["data"]?["attributes"]?["emails"];
        return [.. (emails as JsonArray ?? []).Select(email => $"{email?[gladly ? "original" : "email"]}")];
    }

    private async Task SendAsync(string email, string metric, string uniqueId, JsonObject profile, JsonObject properties)
    {
        var attributes = new JsonObject
        {
            ["unique_id"] = uniqueId,
            ["properties"] = properties.DeepClone(),
            ["metric"] = Resource("metric", new() { ["name"] = metric }),
            ["profile"] = Resource("profile", new() { ["email"] = email, ["properties"] = profile.DeepClone() }),
        };
        foreach (var sent in Sends(attributes))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/klaviyo/api/events");
            request.Headers.TryAddWithoutValidation("Authorization", "Klaviyo-API-Key pk_demo");
            request.Headers.Add("revision", "2026-07-15");
            request.Content = new StringContent(
                Resource("event", sent).ToJsonString(), Encoding.UTF8, "application/vnd.api+json");
            using var answer = await _http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static JsonObject Resource(string type, JsonObject attributes) =>
        new() { ["data"] = new JsonObject { ["type"] = type, ["attributes"] = attributes.DeepClone() } };

    private sealed record Told(string Customer, string Metric, JsonObject Profile, JsonObject Properties);
}
