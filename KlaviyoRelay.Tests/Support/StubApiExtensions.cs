using System.Text.Json;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Support;

/// <summary>The answers that most tests need.</summary>
internal static class StubApiExtensions
{
    public const string Events = "/api/events";
    public const string Profiles = "/api/profiles";

    /// <summary>Gladly knows a customer with these emails; the first is primary.</summary>
    public static StubCall Knows(this StubApi gladly, string customerId, params string[] emails)
    {
        gladly.HasConversations(customerId, "OPEN");
        return gladly.On(HttpMethod.Get, $"/api/v1/customer-profiles/{customerId}").Reply(200, new JsonObject
        {
            ["id"] = customerId,
            ["emails"] = new JsonArray([.. emails.Select((email, index) => new JsonObject { ["normalized"] = email, ["original"] = email, ["primary"] = index == 0 })]),
        }.ToJsonString());
    }

    /// <summary>Gladly lists a customer's conversations, oldest first, by their statuses.</summary>
    public static StubCall HasConversations(this StubApi gladly, string customerId, params string[] statuses) =>
        gladly.On(HttpMethod.Get, $"/api/v1/customers/{customerId}/conversations").Reply(200, Conversations(statuses));

    /// <summary>The list as Gladly writes it: <c>conversation-1</c> and so on, each a minute after the one before.</summary>
    public static string Conversations(params string[] statuses) => new JsonArray([.. statuses.Select((status, index) => new JsonObject
    {
        ["id"] = $"conversation-{index + 1}",
        ["status"] = status,
        ["createdAt"] = TestClock.Start.AddHours(-3).AddMinutes(index).ToString("O"),
    })]).ToJsonString();

    /// <summary>Kustomer knows a customer with these emails.</summary>
    public static StubCall KnowsKustomer(this StubApi kustomer, string customerId, params string[] emails) =>
        kustomer.On(HttpMethod.Get, $"/v1/customers/{customerId}").Reply(200, new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["type"] = "customer",
                ["id"] = customerId,
                ["attributes"] = new JsonObject
                {
                    ["emails"] = new JsonArray([.. emails.Select(email => new JsonObject { ["type"] = "home", ["email"] = email, ["verified"] = false })]),
                    ["sharedEmails"] = new JsonArray(new JsonObject { ["email"] = "shared@acme.test" }),
                },
            },
        }.ToJsonString());

    /// <summary>Klaviyo accepts every event.</summary>
    public static StubCall AcceptsEvents(this StubApi klaviyo) => klaviyo.On(HttpMethod.Post, Events).Reply(202);

    /// <summary>Klaviyo's answer to the events of one email.</summary>
    public static StubCall OnEventFor(this StubApi klaviyo, string email) =>
        klaviyo.On(HttpMethod.Post, Events, request => request.Email() == email);

    /// <summary>Klaviyo has profiles for these emails.</summary>
    public static StubCall HasProfiles(this StubApi klaviyo, params string[] emails) =>
        klaviyo.On(HttpMethod.Get, Profiles).Reply(200, new JsonObject
        {
            ["data"] = new JsonArray([.. emails.Select(email => new JsonObject { ["type"] = "profile", ["id"] = "01G", ["attributes"] = new JsonObject { ["email"] = email } })]),
        }.ToJsonString());

    public static IReadOnlyList<StubRequest> EventRequests(this StubApi klaviyo) =>
        [.. klaviyo.Requests.Where(request => request.Method == HttpMethod.Post)];

    public static string Email(this StubRequest request) => request.Attribute("profile", "data", "attributes", "email");

    public static string Metric(this StubRequest request) => request.Attribute("metric", "data", "attributes", "name");

    public static string UniqueId(this StubRequest request) => request.Attribute("unique_id");

    private static string Attribute(this StubRequest request, params string[] path)
    {
        using var document = JsonDocument.Parse(request.Body);
        var element = document.RootElement.GetProperty("data").GetProperty("attributes");
        foreach (var name in path)
        {
            element = element.GetProperty(name);
        }

        return element.GetString() ?? "";
    }
}
