using System.Text.Json;
using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Tests.Relaying;

/// <summary>The event says what happened; the profile property says what is true now.</summary>
public sealed class TruthRuleTests : IDisposable
{
    private readonly RelayFixture _relay = new(("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"));

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("OPEN", true)]
    [InlineData("WAITING", true)]
    [InlineData("CLOSED", false)]
    public async Task Late_gladly_event_sets_what_gladly_says_now(string status, bool expected)
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(200, $$"""{"id":"conversation-1","status":"{{status}}"}""");

        await _relay.RelayAsync(Late(new RelayMessageBuilder()));

        Property("In Gladly Conversation").ShouldBe(expected);
    }

    [Fact]
    public async Task Late_gladly_event_leaves_the_property_alone_when_gladly_does_not_know_the_conversation()
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(404);

        await _relay.RelayAsync(Late(new RelayMessageBuilder()));

        Property("In Gladly Conversation").ShouldBeNull();
    }

    [Theory]
    [InlineData(503, DeadLetterReason.Unavailable)]
    [InlineData(401, DeadLetterReason.Unauthorized)]
    public async Task Late_event_waits_when_gladly_does_not_say(int status, DeadLetterReason reason)
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(status);

        await _relay.RelayAsync(Late(new RelayMessageBuilder()));

        _relay.Klaviyo.EventRequests().ShouldBeEmpty();
        _relay.Queue.Throttled.Concat(_relay.Queue.Rejected).ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Fresh_gladly_event_is_not_asked_about()
    {
        KnowsGladly();

        await _relay.RelayAsync(new RelayMessageBuilder().Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(-2) }));

        Property("In Gladly Conversation").ShouldBe(true);
    }

    [Fact]
    public async Task Conversation_of_several_late_events_is_asked_about_once()
    {
        KnowsGladly();
        var asked = _relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(200, """{"status":"CLOSED"}""");

        await _relay.RelayAsync(Late(new RelayMessageBuilder()), Late(new RelayMessageBuilder().Id("e2").Closed()));

        asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(0, 1, true)]
    public async Task Kustomer_close_clears_the_property_with_the_last_open_conversation(int open, int snoozed, bool expected)
    {
        KnowsKustomer(open, snoozed);

        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed());

        Property("In Kustomer Conversation").ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Late_kustomer_open_sets_the_property_by_what_is_open_now(int open, bool expected)
    {
        KnowsKustomer(open, snoozed: 0);

        await _relay.RelayAsync(Late(new RelayMessageBuilder().Kustomer()));

        Property("In Kustomer Conversation").ShouldBe(expected);
    }

    [Fact]
    public async Task Released_kustomer_event_asks_although_its_emails_are_known()
    {
        KnowsKustomer(open: 0, snoozed: 0);

        await _relay.RelayAsync(Late(new RelayMessageBuilder().Kustomer().Retried(1, TestClock.Start.AddMinutes(-20), "ann@shop.example")));

        Property("In Kustomer Conversation").ShouldBe(false);
    }

    [Fact]
    public async Task Event_that_was_tried_before_is_late_however_young_it_is()
    {
        KnowsKustomer(open: 1, snoozed: 0);

        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed().Retried(1, TestClock.Start, "ann@shop.example"));

        Property("In Kustomer Conversation").ShouldBe(true);
    }

    private static RelayMessageBuilder Late(RelayMessageBuilder message) =>
        message.Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(-2).AddSeconds(-1) });

    private void KnowsGladly()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();
    }

    private void KnowsKustomer(int open, int snoozed)
    {
        _relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c1").Reply(
            200, $$$"""{"data":{"attributes":{"emails":[{"email":"ann@shop.example"}],"conversationCounts":{"open":{{{open}}},"snoozed":{{{snoozed}}},"done":4} } } }""");
        _relay.Klaviyo.AcceptsEvents();
    }

    private bool? Property(string name)
    {
        using var body = JsonDocument.Parse(_relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Body);
        var profile = body.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("profile").GetProperty("data").GetProperty("attributes");
        return profile.TryGetProperty("properties", out var properties) ? properties.GetProperty(name).GetBoolean() : null;
    }
}
