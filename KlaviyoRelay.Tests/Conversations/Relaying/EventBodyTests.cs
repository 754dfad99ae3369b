using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>From the webhook to the exact body that Klaviyo gets: every row of what goes to Klaviyo.</summary>
public sealed class EventBodyTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("CONVERSATION/CREATED", "Opened", "started conversation in Gladly", "true")]
    [InlineData("CONVERSATION/CLOSED", "Closed", "closed conversation in Gladly", "false")]
    [InlineData("CONVERSATION/REOPENED", "Reopened", "reopened conversation in Gladly", "true")]
    public async Task Gladly_event_is_sent_with_email_and_flag_only(string type, string kind, string metric, string flag)
    {
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
        _relay.Gladly.HasConversations(GladlyWebhookBuilder.CustomerId, kind == "Closed" ? "CLOSED" : "OPEN");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new GladlyWebhookBuilder().OfType(type));

        var id = UniqueId.ForEmail(
            ConversationEventId.Of("gladly", $"gladly/{kind}", GladlyWebhookBuilder.ConversationId, "yHaHXjD4SR-moMR9LbULDb"), "ann@shop.example");
        Sent().Body.ShouldBeJson($$"""
            { "data": { "type": "event", "attributes": {
                "properties": {},
                "time": "2026-01-15T14:03:00Z",
                "unique_id": "{{id}}",
                "metric": { "data": { "type": "metric", "attributes": { "name": "{{metric}}" } } },
                "profile": { "data": { "type": "profile", "attributes": {
                    "email": "ann@shop.example", "properties": { "In Gladly Conversation": {{flag}} } } } }
            } } }
            """);
    }

    [Fact]
    public async Task Kustomer_conversation_create_is_sent_without_channel_and_without_profile_property()
    {
        KnowsKim();

        await _relay.RelayAsync(new KustomerWebhookBuilder());

        Sent().Body.ShouldBeJson(KustomerBody("Opened", "6717c2b1e5b1f00012ab3510", "Kustomer Conversation Create", "2026-01-15T14:02:12Z", $$"""
            { "conversationId": "{{KustomerWebhookBuilder.ConversationId}}", "conversationLink": "{{KustomerWebhookBuilder.Link}}", "subject": "Where is my order #1002?" }
            """));
    }

    [Fact]
    public async Task Kustomer_conversation_close_is_sent_with_its_channels()
    {
        KnowsKim();

        await _relay.RelayAsync(new KustomerWebhookBuilder().Closed().WithJson("data.attributes.channels", """["chat", "email"]"""));

        Sent().Body.ShouldBeJson(KustomerBody("Closed", "6717c2c4e5b1f00012ab3622", "Kustomer Conversation Close", "2026-01-15T15:40:03Z", $$"""
            { "conversationChannel": "chat, email", "conversationId": "{{KustomerWebhookBuilder.ConversationId}}",
              "conversationLink": "{{KustomerWebhookBuilder.Link}}", "subject": "Where is my order #1002?" }
            """));
    }

    [Theory]
    [InlineData(1, "0")]
    [InlineData(2, "0")]
    [InlineData(3, "0")]
    [InlineData(4, "1")]
    [InlineData(5, "1")]
    public async Task Kustomer_rating_is_sent_as_a_number_beside_a_score_as_text(int rating, string score)
    {
        KnowsKim();

        await _relay.RelayAsync(new KustomerWebhookBuilder().Rated(rating));

        Sent().Body.ShouldBeJson(KustomerBody("Rated", $"5eed00000000000000000002/{rating}", "Kustomer Conversation CSAT Submitted", "2026-01-15T18:05:31Z", $$"""
            { "conversationChannel": "email", "conversationId": "{{KustomerWebhookBuilder.ConversationId}}",
              "conversationLink": "{{KustomerWebhookBuilder.Link}}", "rating": {{rating}}, "score": "{{score}}", "subject": "Where is my order #1002?" }
            """));
    }

    [Fact]
    public async Task Properties_that_are_not_known_are_left_out()
    {
        using var relay = new RelayFixture(("Relay__Connections__kustomer__Kustomer__BaseAddress", "https://acme.gladly.test"));
        relay.Gladly.KnowsKustomer(KustomerWebhookBuilder.CustomerId, "kim@shop.example");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new KustomerWebhookBuilder().Closed().Without("orgName").Without("data.attributes.name").Without("data.attributes.channels"));

        relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Body.ShouldContain($$"""
            "properties":{"conversationId":"{{KustomerWebhookBuilder.ConversationId}}"}
            """.Trim());
    }

    [Fact]
    public async Task Request_carries_exactly_the_headers_that_klaviyo_documents()
    {
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new GladlyWebhookBuilder());

        var sent = Sent();
        sent.Address.ShouldBe(new Uri("https://a.klaviyo.test/api/events"));
        sent.Headers["Authorization"].ShouldBe("Klaviyo-API-Key pk_main");
        sent.Headers["revision"].ShouldBe("2026-07-15");
        sent.Headers["Content-Type"].ShouldBe("application/vnd.api+json");
        sent.Headers["Accept"].ShouldBe("application/vnd.api+json");
        sent.Headers["User-Agent"].ShouldStartWith("KlaviyoRelay/");
    }

    [Fact]
    public async Task Names_of_metrics_and_properties_are_the_connections()
    {
        using var relay = new RelayFixture(
            ("Relay__Connections__kustomer__Metrics__Closed", "Ticket Closed"),
            ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"),
            ("Relay__Connections__kustomer__Properties__ConversationId", "Conversation ID"),
            ("Relay__Connections__kustomer__Properties__Subject", "Subject \"line\""));
        relay.Kustomer.KnowsKustomer(KustomerWebhookBuilder.CustomerId, "kim@shop.example");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new KustomerWebhookBuilder().Closed());

        var sent = relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
        sent.Metric().ShouldBe("Ticket Closed");
        sent.Body.ShouldContain("\"Conversation ID\":\"" + KustomerWebhookBuilder.ConversationId + "\"");
        sent.Body.ShouldContain("\"Subject \\\"line\\\"\":\"Where is my order #1002?\"");
        sent.Body.ShouldContain("\"properties\":{\"In Kustomer Conversation\":false}");
    }

    [Fact]
    public async Task Profile_property_is_left_out_when_it_is_set_to_nothing()
    {
        using var relay = new RelayFixture(("Relay__Connections__gladly__ProfileProperty", ""));
        relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new GladlyWebhookBuilder());

        relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Body.ShouldEndWith("\"attributes\":{\"email\":\"ann@shop.example\"}}}}}}");
    }

    [Fact]
    public async Task Text_of_any_script_arrives_as_it_was()
    {
        KnowsKim("o'brien+ü@shop.example");

        await _relay.RelayAsync(new KustomerWebhookBuilder().With("data.attributes.name", "Wo ist «meine» 📦 \"Bestellung\"?\n<b>\\"));

        var sent = Sent();
        sent.Email().ShouldBe("o'brien+ü@shop.example");
        JsonDocument.Parse(sent.Body).RootElement.GetProperty("data").GetProperty("attributes").GetProperty("properties").GetProperty("subject")
            .GetString().ShouldBe("Wo ist «meine» 📦 \"Bestellung\"?\n<b>\\");
    }

    private static string KustomerBody(string kind, string occurrence, string metric, string time, string properties)
    {
        var id = UniqueId.ForEmail(ConversationEventId.Of("kustomer", $"kustomer/{kind}", KustomerWebhookBuilder.ConversationId, occurrence), "kim@shop.example");
        return $$"""
            { "data": { "type": "event", "attributes": {
                "properties": {{properties}},
                "time": "{{time}}",
                "unique_id": "{{id}}",
                "metric": { "data": { "type": "metric", "attributes": { "name": "{{metric}}" } } },
                "profile": { "data": { "type": "profile", "attributes": { "email": "kim@shop.example" } } }
            } } }
            """;
    }

    private void KnowsKim(string email = "kim@shop.example")
    {
        _relay.Kustomer.KnowsKustomer(KustomerWebhookBuilder.CustomerId, email);
        _relay.Klaviyo.AcceptsEvents();
    }

    private StubRequest Sent() => _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
}
