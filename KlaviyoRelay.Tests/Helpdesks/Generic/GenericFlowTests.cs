using System.Text.Json;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

/// <summary>From a generic helpdesk's webhook to what Klaviyo gets. Nobody is looked up: an unexpected request fails the test.</summary>
public sealed class GenericFlowTests
{
    [Fact]
    public async Task Solved_zendesk_ticket_becomes_one_klaviyo_event()
    {
        using var relay = new RelayFixture(TestSettings.Desk("zendesk", ("ProfileProperty", "In Zendesk Conversation")));
        relay.Klaviyo.AcceptsEvents();

        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(Repository.Read("KlaviyoRelay.Simulator/Webhooks/Samples/zendesk.solved.json").Replace("@example.com", "@shop.example")).Header("X-Zendesk-Webhook-Invocation-Id", "8350205582"));
        await relay.RelayAsync(relay.Queue.Fresh.ShouldHaveSingleItem().Body);

        var id = UniqueId.ForEmail(ConversationEventId.Of("desk", "generic/Closed", "5158", "8350205582/"), "jane@shop.example");
        relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Body.ShouldBeJson($$"""
            { "data": { "type": "event", "attributes": {
                "properties": {
                  "conversationChannel": "Email", "conversationId": "5158",
                  "conversationLink": "https://acme.zendesk.com/agent/tickets/5158", "subject": "Where is my order?" },
                "time": "2026-01-15T15:40:00Z",
                "unique_id": "{{id}}",
                "metric": { "data": { "type": "metric", "attributes": { "name": "Zendesk Conversation Closed" } } },
                "profile": { "data": { "type": "profile", "attributes": {
                    "email": "jane@shop.example", "properties": { "In Zendesk Conversation": false } } } }
            } } }
            """);
    }

    [Fact]
    public async Task Rating_is_sent_beside_its_score()
    {
        using var relay = Relay();

        await relay.RelayAsync(new DeskWebhookBuilder().Of("rated").With("ticket.score", 3));

        var sent = relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
        sent.Metric().ShouldBe("Helpdesk Conversation Rated");
        sent.Body.ShouldContain("\"rating\":3,\"score\":\"0\"");
        Property(relay).ShouldBeNull();
    }

    [Fact]
    public async Task Queue_message_holds_the_emails_beside_the_event()
    {
        using var relay = Relay();

        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().Build()));

        var message = relay.Queue.Fresh.ShouldHaveSingleItem();
        var id = ConversationEventId.Of("desk", "generic/Opened", "t-1", "created/2026-01-15T14:02:11.0000000Z/");
        message.MessageId.ShouldBe(id);
        message.Body.ShouldBeJson($$"""
            {
              "version": 1,
              "event": {
                "id": "{{id}}", "connection": "desk", "account": "main", "helpdesk": "generic", "kind": "opened",
                "conversationId": "t-1", "customerId": "", "occurredAt": "2026-01-15T14:02:11+00:00", "inConversation": true,
                "subject": "Where is my order?", "channel": "chat", "link": "https://desk.example.com/acme-us/t-1"
              },
              "attempts": 0,
              "acceptedAt": "2026-01-15T14:03:00+00:00",
              "emails": [ "ann@shop.example" ]
            }
            """);
    }

    [Theory]
    [InlineData("all", new[] { "ann@shop.example", "bob@shop.example", "kim@shop.example" })]
    [InlineData("primary", new[] { "ann@shop.example" })]
    [InlineData("verified", new[] { "bob@shop.example" })]
    public async Task Emails_rule_picks_from_the_webhooks_emails(string rule, string[] expected)
    {
        using var relay = Relay(("Emails", rule), ("Generic__Emails", "/customer/emails/*/a"), ("Generic__EmailVerified", "/customer/emails/*/v"));

        await relay.RelayAsync(new DeskWebhookBuilder().WithJson(
            "customer.emails", """[{"a":" ann@shop.example"},{"a":"bob@shop.example","v":true},{"a":"BOB@shop.example"},{"a":"kim@shop.example"},{"a":"no email"}]"""));

        relay.Klaviyo.EventRequests().Select(request => request.Email()).ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("\"no email\"")]
    public async Task Webhook_without_a_usable_email_is_ignored(string json)
    {
        using var relay = Relay();

        (await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().WithJson("customer.email", json).Build())))
            .ShouldBe(new WebhookOutcome.Ignored("The customer has no email that an event could be sent to."));
        relay.Queue.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("+1 (555) 555-0123", "+15555550123")]
    [InlineData("+49.151.12345678", "+4915112345678")]
    [InlineData("555-0123", null)]
    [InlineData("+0123456789", null)]
    [InlineData("", null)]
    public async Task Customer_without_an_email_gets_the_event_by_the_phone_number(string phone, string? expected)
    {
        using var relay = Relay(("Generic__Phone", "/customer/phone"));

        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().With("customer.email", "").With("customer.phone", phone).Build()));
        await relay.RelayAsync([.. relay.Queue.Fresh.Select(message => message.Body)]);

        relay.Klaviyo.EventRequests().Select(request => Profile(request).GetRawText())
            .ShouldBe(expected is null ? [] : [$$$"""{"phone_number":"{{{expected}}}","properties":{"In Conversation":true}}"""]);
    }

    [Fact]
    public async Task Phone_number_is_not_used_beside_an_email()
    {
        using var relay = Relay(("Generic__Phone", "/customer/phone"));

        await relay.RelayAsync(new DeskWebhookBuilder());

        Profile(relay.Klaviyo.EventRequests().ShouldHaveSingleItem()).TryGetProperty("phone_number", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("all", "no email")]
    [InlineData("verified", "ann@shop.example")]
    public async Task Phone_number_is_not_used_beside_an_email_that_gets_no_event(string rule, string email)
    {
        using var relay = Relay(("Generic__Phone", "/customer/phone"), ("Generic__EmailVerified", "/customer/verified"), ("Emails", rule));

        (await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().With("customer.email", email).Build())))
            .ShouldBe(new WebhookOutcome.Ignored("The customer has no email that an event could be sent to."));
        relay.Queue.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("created", 60, true)]
    [InlineData("created", 121, null)]
    [InlineData("solved", 60, false)]
    [InlineData("solved", 121, false)]
    public async Task Late_open_leaves_the_property_alone_and_a_close_clears_it(string what, int secondsAgo, bool? expected)
    {
        using var relay = Relay();

        await relay.RelayAsync(new DeskWebhookBuilder().Of(what).With("at", TestClock.Start.ToUnixTimeSeconds() - secondsAgo));

        Property(relay).ShouldBe(expected);
    }

    [Fact]
    public async Task Late_close_clears_the_property_also_beside_the_late_open_of_its_conversation()
    {
        using var relay = Relay();
        var late = TestClock.Start.ToUnixTimeSeconds() - 600;
        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().Of("created").With("at", late).Build()));

        await relay.RelayAsync(new DeskWebhookBuilder().Of("solved").With("at", late + 60));

        relay.Klaviyo.EventRequests().Select(PropertyOf).ShouldBe([null, false]);
    }

    [Fact]
    public async Task Late_close_leaves_the_property_alone_when_another_conversation_was_open()
    {
        using var relay = Relay(("Generic__OpenConversations", "/customer/open"));

        await relay.RelayAsync(new DeskWebhookBuilder().Of("solved").With("at", "2026-01-15T14:00:00Z"));

        Property(relay).ShouldBeNull();
    }

    [Fact]
    public async Task Refused_event_waits_with_its_email_and_is_logged_without()
    {
        using var relay = Relay();
        relay.Klaviyo.OnEventFor("ann@shop.example").Reply(400, """{"errors":[{"title":"Invalid input.","detail":"ann@shop.example is wrong"}]}""");

        await relay.RelayAsync(new DeskWebhookBuilder());

        var letter = relay.Queue.Rejected.ShouldHaveSingleItem();
        (letter.Reason, letter.Emails?.Single()).ShouldBe((DeadLetterReason.Invalid, "ann@shop.example"));
        letter.Detail.ShouldNotContain("ann@");
        relay.Logs.Lines.ShouldAllBe(line => !line.Contains("ann@") && !line.Contains("order"));
    }

    [Fact]
    public async Task Webhook_that_comes_twice_is_recorded_once()
    {
        using var relay = Relay();

        await relay.RelayAsync(new DeskWebhookBuilder());
        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().Build()));
        await relay.RelayAsync(relay.Queue.Fresh[1].Body);

        relay.Klaviyo.EventRequests().Select(request => Attributes(request).GetProperty("unique_id").GetString()).Distinct().Count().ShouldBe(1);
        relay.Queue.Fresh[0].MessageId.ShouldBe(relay.Queue.Fresh[1].MessageId);
    }

    [Fact]
    public async Task Message_of_the_connection_when_it_was_another_helpdesks_is_parked()
    {
        using var relay = Relay();

        await relay.RelayAsync(new RelayMessageBuilder().Connection("desk"));

        relay.Queue.Rejected.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.CustomerNotFound);
    }

    [Fact]
    public async Task Longest_message_fits_the_smallest_queue()
    {
        using var relay = Relay(("Generic__Link", "/ticket/link"));
        var emails = Enumerable.Range(0, 100).Select(number => $"\"{new string('ü', 64)}@{number:000}{new string('ü', 20)}.example\"");

        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder()
            .WithJson("customer.email", $"[{string.Join(',', emails)}]")
            .With("ticket.id", new string('ü', 256))
            .With("ticket.link", $"https://desk.example.com/{new string('ü', 900)}")
            .With("ticket.via", new string('ü', 900))
            .With("ticket.title", new string('ü', 5000)).Build()));

        System.Text.Encoding.UTF8.GetByteCount(relay.Queue.Fresh.ShouldHaveSingleItem().Body).ShouldBeInRange(20 * 1024, 48 * 1024);
    }

    private static RelayFixture Relay(params (string Name, string? Value)[] settings)
    {
        var relay = new RelayFixture(DeskWebhookBuilder.Settings(settings));
        relay.Klaviyo.AcceptsEvents();
        return relay;
    }

    private static bool? Property(RelayFixture relay) => PropertyOf(relay.Klaviyo.EventRequests().ShouldHaveSingleItem());

    private static bool? PropertyOf(StubRequest request) =>
        Profile(request).TryGetProperty("properties", out var properties) ? properties.GetProperty("In Conversation").GetBoolean() : null;

    private static JsonElement Profile(StubRequest request) => Attributes(request).GetProperty("profile").GetProperty("data").GetProperty("attributes");

    private static JsonElement Attributes(StubRequest request) => JsonElement.Parse(request.Body).GetProperty("data").GetProperty("attributes");
}
