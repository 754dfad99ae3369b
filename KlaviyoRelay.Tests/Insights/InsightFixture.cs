using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Insights;

namespace KlaviyoRelay.Tests.Insights;

/// <summary>A relay with a card for each helpdesk, and a Klaviyo that answers every part of an insight until a test says otherwise.</summary>
internal sealed class InsightFixture : IDisposable
{
    public const string Customer = "c1";
    public const string Jane = "jane@shop.example";
    public const string Profile = "01JANE";

    public InsightFixture(params (string Name, string? Value)[] differences)
    {
        Relay = new RelayFixture([.. TestSettings.Card("gladly"), .. TestSettings.Card("kustomer"), ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"), .. differences]);
        LookUp = Relay.Kustomer.KnowsKustomer(Customer, Jane);
        Search = HasProfiles((Profile, Jane, "2026-01-14T10:00:00+00:00"));
        Account = Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(200, """{"data":[{"id":"AbC123","attributes":{"contact_information":{"organization_name":"Acme Shop"}}}]}""");
        Lists = Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{Profile}/lists").Reply(200, """{"data":[{"id":"Ab12Cd","attributes":{"name":"Newsletter"}}],"links":{"next":null}}""");
        Segments = Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{Profile}/segments").Reply(200, """{"data":[{"id":"Xy98Zw","attributes":{"name":"VIP"}}],"links":{"next":null}}""");
        Events = Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Events).Reply(200, EventPage());
        Campaign = Relay.Klaviyo.On(HttpMethod.Get, "/api/campaign-messages/M1/campaign").Reply(200, """{"data":{"id":"C1","attributes":{"name":"Winter sale"}}}""");
    }

    public RelayFixture Relay { get; }

    public StubCall LookUp { get; }

    public StubCall Search { get; private set; }

    public StubCall Account { get; }

    public StubCall Lists { get; }

    public StubCall Segments { get; }

    public StubCall Events { get; }

    public StubCall Campaign { get; }

    /// <summary>How often any part of the profile was asked for.</summary>
    public int Asked => Search.Count + Lists.Count + Segments.Count + Events.Count;

    public StubCall HasProfiles(params IEnumerable<(string Id, string Email, string? LastEvent)> profiles) => Search = Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(200, ProfilePage(profiles));

    public static string ProfilePage(IEnumerable<(string Id, string Email, string? LastEvent)> profiles) => new JsonObject
    {
        ["data"] = new JsonArray([.. profiles.Select(profile => new JsonObject
        {
            ["type"] = "profile",
            ["id"] = profile.Id,
            ["attributes"] = new JsonObject
            {
                ["email"] = profile.Email,
                ["last_event_date"] = profile.LastEvent,
                ["properties"] = new JsonObject { ["In Kustomer Conversation"] = true },
                ["subscriptions"] = JsonNode.Parse("""{"email":{"marketing":{"consent":"SUBSCRIBED","can_receive_email_marketing":true,"consent_timestamp":"2025-11-01T08:00:00+00:00"}}}"""),
            },
        })]),
        ["links"] = new JsonObject { ["next"] = null },
    }.ToJsonString();

    /// <summary>A campaign's email, received and opened, and a conversation.</summary>
    public static string EventPage() => """
        {
          "data": [
            { "type":"event", "attributes":{"datetime":"2026-01-14T10:00:00+00:00","event_properties":{"$message":"M1"}}, "relationships":{"metric":{"data":{"type":"metric","id":"Op1"}}} },
            { "type":"event", "attributes":{"datetime":"2026-01-14T09:30:00+00:00","event_properties":{"conversationId":"k1"}}, "relationships":{"metric":{"data":{"type":"metric","id":"Kc1"}}} },
            { "type":"event", "attributes":{"datetime":"2026-01-14T09:00:00+00:00","event_properties":{"$message":"M1","Campaign Name":"Winter sale (email)","Subject":"-20 %"}}, "relationships":{"metric":{"data":{"type":"metric","id":"Re1"}}} }
          ],
          "included": [
            { "type":"metric", "id":"Re1", "attributes":{"name":"Received Email"} },
            { "type":"metric", "id":"Op1", "attributes":{"name":"Opened Email"} },
            { "type":"metric", "id":"Kc1", "attributes":{"name":"Kustomer Conversation Create"} }
          ],
          "links": { "next": null }
        }
        """;

    public Task<InsightOutcome> AskAsync(string connection = "kustomer", string customer = Customer, string? token = TestSettings.CardToken) =>
        Relay.Get<InsightDesk>().AnswerAsync(connection, customer, token is null ? null : $"Bearer {token}", TestContext.Current.CancellationToken);

    public async Task<Insight> FindAsync(string connection = "kustomer", string customer = Customer) =>
        (await AskAsync(connection, customer)).ShouldBeOfType<InsightOutcome.Found>().Insight;

    public async Task<ProfileInsight> ProfileAsync() => (await FindAsync()).Accounts.ShouldHaveSingleItem().Profiles.ShouldHaveSingleItem();

    public void Dispose() => Relay.Dispose();
}
