using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Work;

/// <summary>What an observer is told of single events, station by station.</summary>
public sealed class WorkReportTests : IDisposable
{
    private readonly RecordingObserver _observer = new();
    private readonly RelayFixture _relay;

    public WorkReportTests() => _relay = Relay();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Webhook_is_told_with_its_connection_and_its_events()
    {
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        await _relay.ReceiveAsync(new WebhookRequestBuilder("unknown", []));

        _observer.Lines.ShouldBe(["accepted gladly", "webhook of gladly: accepted", "webhook of no connection: unknown-connection"]);
    }

    [Fact]
    public async Task Delivered_event_is_told_from_the_queue_to_klaviyo()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder());

        _observer.Lines.ShouldBe(["taken e1", "fanned out e1: 1", "tried ann@shop.example of 1: 202", "delivered e1: ann@shop.example"]);
    }

    [Fact]
    public async Task Events_of_a_bulk_job_are_told_each_by_itself()
    {
        using var relay = Relay(("Relay__Delivery__BulkThreshold", "2"));
        relay.Klaviyo.On(HttpMethod.Post, "/api/event-bulk-create-jobs").Reply(202);

        await relay.RelayAsync(new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example", "bob@shop.example"));

        _observer.Lines.Skip(2).ShouldBe(
        [
            "tried ann@shop.example of 2: 202", "tried bob@shop.example of 2: 202", "delivered e1: ann@shop.example", "delivered e1: bob@shop.example",
        ]);
    }

    [Fact]
    public async Task Email_that_gets_no_event_is_told_with_the_reason()
    {
        using var relay = Relay(("Relay__Connections__gladly__CreateProfiles", "false"));
        relay.Gladly.Knows("c1", "ann@shop.example", "no email");
        relay.Klaviyo.HasProfiles();

        await relay.RelayAsync(new RelayMessageBuilder());

        _observer.Lines.Where(line => line.StartsWith("skipped", StringComparison.Ordinal)).ShouldBe(["skipped e1: 1 invalid", "skipped e1: 1 no-profile"]);
    }

    [Fact]
    public async Task Letter_is_told_with_the_queue_that_took_it_and_its_time()
    {
        _relay.Klaviyo.OnEventFor("ann@shop.example").Reply(400);
        _relay.Klaviyo.OnEventFor("bob@shop.example").Reply(503, retryAfter: 3600);

        await _relay.RelayAsync(new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example"), new RelayMessageBuilder().Id("e2").Retried(0, TestClock.Start, "bob@shop.example"));

        var release = _relay.Queue.Throttled.ShouldHaveSingleItem().ReleaseAt.ShouldNotBeNull();
        _observer.Lines.Where(line => line.StartsWith("dead-letter", StringComparison.Ordinal)).ShouldBe(
            ["dead-letter-rejected e1 for a person", $"dead-letter-throttled e2 until {release:HH:mm}"], ignoreOrder: true);
    }

    [Fact]
    public async Task Letter_whose_time_has_come_is_told_as_released_and_others_with_where_they_wait()
    {
        _relay.Queue.Refuses = (queue, message) => queue == QueueNames.ConversationEvents && message.Body.Contains("\"id\":\"e3\"", StringComparison.Ordinal) ? "Full." : null;

        await _relay.Get<ThrottledRelease>().ReleaseAsync([Letter("e1"), Letter("e2", tried: 2), Letter("e3")], TestContext.Current.CancellationToken);

        _observer.Lines.ShouldBe(["released e1", "dead-letter-rejected e2 for a person", "dead-letter-throttled e3 until 14:18"]);
        _relay.Logs.Lines.ShouldContain("Released 1 throttled letter(s); parked 1; 1 could not be moved and stay(s) for another hold.");
    }

    private static string Letter(string id, int tried = 0) => MessageWriter.ToQueueMessage(
        new DeadLetter
        {
            Message = new RelayMessageBuilder().Id(id).Retried(1, TestClock.Start.AddDays(-tried), "ann@shop.example").Message,
            Reason = DeadLetterReason.Throttled,
            Detail = "Klaviyo answered 429.",
            LastFailureAt = TestClock.Start,
        },
        notBefore: null).Body;

    private RelayFixture Relay(params (string Name, string? Value)[] differences) => new(services => services.AddSingleton<RelayObserver>(_observer), differences);
}
