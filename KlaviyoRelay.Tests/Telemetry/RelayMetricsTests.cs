using System.Reflection;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>What is counted, and under which name, when something happens to an event.</summary>
public sealed class RelayMetricsTests : IDisposable
{
    private readonly RelayFixture _relay = new();
    private readonly MetricRows _rows;

    public RelayMetricsTests() => _rows = new MetricRows(_relay);

    public void Dispose()
    {
        _rows.Dispose();
        _relay.Dispose();
    }

    [Fact]
    public async Task Delivered_event_is_measured_from_its_webhook_on()
    {
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        _relay.Clock.Advance(TimeSpan.FromSeconds(40));
        await _relay.RelayAsync([.. _relay.Queue.Fresh.Select(message => message.Body)]);

        var rows = _rows.Take();

        rows.Select(row => $"{row}").ShouldBe(
            [
                "relay.webhooks 1 relay.connection=gladly relay.outcome=accepted",
                "relay.batch.size 1 relay.account=main relay.le=1",
                "relay.queue.wait 40 relay.account=main relay.le=60",
                "relay.lookups 2 relay.connection=gladly relay.outcome=found",
                "relay.events.delivered 1 relay.account=main",
                "relay.event.latency 40 relay.account=main relay.late=false relay.le=60",
                "relay.batch.duration 0 relay.account=main relay.le=0.05",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Released_event_is_measured_with_its_true_age_and_as_late()
    {
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
        _relay.Gladly.On(HttpMethod.Get, $"/api/v1/conversations/{GladlyWebhookBuilder.ConversationId}").Reply(200, """{"status":"OPEN"}""");
        _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(429).Then(429).Then(429).Then(202);
        await _relay.RelayAsync(new GladlyWebhookBuilder());
        var letter = _relay.Queue.On("dead-letter-throttled").ShouldHaveSingleItem();
        var accepted = _relay.Queue.Throttled.ShouldHaveSingleItem().Message.AcceptedAt.ShouldNotBeNull();
        _rows.Take().ShouldContain(row => $"{row}" == "relay.events.dead_lettered 1 relay.account=main relay.queue=dead-letter-throttled relay.reason=throttled");

        _relay.Clock.Advance(TimeSpan.FromHours(1));
        await _relay.Get<Core.Work.ThrottledRelease>().ReleaseAsync([letter.Body], TestContext.Current.CancellationToken);
        await _relay.RelayAsync(_relay.Queue.Fresh[^1].Body);

        var rows = _rows.Take();
        var latency = rows.Single(row => row.Name == RelayMetricNames.EventLatency);
        latency.Tags.ShouldBe("relay.account=main relay.late=true relay.le=14400");
        latency.Sum.ShouldBe((_relay.Clock.GetUtcNow() - accepted).TotalSeconds);
        rows.ShouldNotContain(row => row.Name == RelayMetricNames.QueueWait);
    }

    [Fact]
    public async Task Event_that_is_twice_in_a_batch_is_counted_as_duplicated_and_sent_once()
    {
        Accept("c1", "ann@shop.example");

        await _relay.RelayAsync(new RelayMessageBuilder(), new RelayMessageBuilder());

        var rows = _rows.Take();
        rows.ShouldContain(row => $"{row}" == "relay.events.delivered 1 relay.account=main");
        rows.ShouldContain(row => $"{row}" == "relay.events.duplicated 1 relay.account=main relay.reason=same-batch");
    }

    [Fact]
    public async Task Message_of_an_older_relay_is_counted_and_not_measured()
    {
        Accept("c1", "ann@shop.example");

        await _relay.RelayAsync(new RelayMessageBuilder());

        var names = _rows.Take().Select(row => row.Name).ToList();
        names.ShouldContain(RelayMetricNames.EventsDelivered);
        names.ShouldNotContain(RelayMetricNames.EventLatency);
        names.ShouldNotContain(RelayMetricNames.QueueWait);
    }

    [Fact]
    public async Task Customer_that_is_not_found_is_counted_by_that_outcome()
    {
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/c1").Reply(404);

        await _relay.RelayAsync(new RelayMessageBuilder());

        var rows = _rows.Take();
        rows.ShouldContain(row => $"{row}" == "relay.lookups 1 relay.connection=gladly relay.outcome=customer-not-found");
        rows.ShouldContain(row => $"{row}" == "relay.events.dead_lettered 1 relay.account=main relay.queue=dead-letter-rejected relay.reason=customer-not-found");
    }

    [Fact]
    public async Task Webhook_of_an_unknown_connection_is_counted_without_the_name_it_gave()
    {
        await _relay.ReceiveAsync(new WebhookRequestBuilder("ann@shop.example", []));

        $"{_rows.Take().ShouldHaveSingleItem()}".ShouldBe("relay.webhooks 1 relay.outcome=unknown-connection");
    }

    [Fact]
    public void Every_outcome_of_a_webhook_has_a_name_of_its_own()
    {
        WebhookOutcome.Names.ShouldBeUnique();
        WebhookOutcome.Names.Count.ShouldBe(typeof(WebhookOutcome).GetNestedTypes(BindingFlags.Public).Length);
    }

    private void Accept(string customer, params string[] emails)
    {
        _relay.Gladly.Knows(customer, emails);
        _relay.Klaviyo.AcceptsEvents();
    }
}
