using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

public sealed class BatchBudgetTests : IDisposable
{
    private readonly RelayFixture _relay = new(("Relay__Accounts__main__RateShare", "0.001"));

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Events_are_held_as_throttled_when_the_batchs_time_is_used_up()
    {
        // A share of 0.001 of 3,500 events a minute is 3: in 3.5 minutes 12 have their turn.
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync([.. Enumerable.Range(0, 40).Select(number => Message($"e{number}", $"customer{number}@shop.example"))]);

        _relay.Klaviyo.EventRequests().Count.ShouldBe(12);
        _relay.Queue.Throttled.Count.ShouldBe(28);
        _relay.Queue.Throttled.Select(letter => (letter.Reason, letter.Emails?.Count)).Distinct().ShouldBe([(DeadLetterReason.Throttled, 1)]);
        // Two that begin to wait at one moment move the test's clock one after the other: at most one window more.
        _relay.Clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(4.5));
    }

    [Fact]
    public async Task Answer_that_asks_for_more_time_than_the_batch_has_is_not_waited_for()
    {
        var events = _relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(429, retryAfter: 600);

        await _relay.RelayAsync(Message("e1", "ann@shop.example"));

        events.Count.ShouldBe(1);
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.Zero);
        _relay.Queue.Throttled.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Throttled);
    }

    [Fact]
    public async Task No_attempt_outlives_the_batch()
    {
        using var relay = new RelayFixture(("Relay__Delivery__BatchBudget", "00:00:20"));
        relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Hang(relay.Clock, TimeSpan.FromSeconds(15));

        await relay.RelayAsync(Message("e1", "ann@shop.example"));

        relay.Queue.Throttled.Count.ShouldBe(1);
        // The stub's second answer moves the clock by 15 s once more, whatever the attempt was given.
        relay.Klaviyo.EventRequests().Count.ShouldBe(2);
        relay.Clock.Elapsed.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(32));
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(-3600 * 24)]
    [InlineData(600)]
    [InlineData(3600 * 24 * 30)]
    public async Task Events_are_delivered_when_the_clock_is_set_meanwhile(int seconds)
    {
        using var relay = new RelayFixture();
        relay.Klaviyo.OnEventFor("ann@shop.example").Reply(429, retryAfter: 5).Then((_, _) =>
        {
            relay.Clock.Step(TimeSpan.FromSeconds(seconds));
            return Task.FromResult(StubCall.Answer(202));
        });
        relay.Klaviyo.OnEventFor("bob@shop.example").Reply(503).Then(202);
        // An event that is late by the time of day asks.
        relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(200, """{"status":"OPEN"}""");
        await relay.RelayAsync(Message("e1", "ann@shop.example"), Message("e2", "bob@shop.example"));
        relay.Clock.Step(TimeSpan.FromSeconds(-seconds * 2));
        relay.Klaviyo.OnEventFor("cy@shop.example").Reply(202);

        await relay.RelayAsync(Message("e3", "cy@shop.example"));

        relay.Queue.Throttled.ShouldBeEmpty();
        relay.Klaviyo.EventRequests().Count.ShouldBe(5);
        relay.Clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Configured_budget_is_the_batchs()
    {
        using var relay = new RelayFixture(("Relay__Accounts__main__RateShare", "0.001"), ("Relay__Delivery__BatchBudget", "00:01:00"));
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync([.. Enumerable.Range(0, 10).Select(number => Message($"e{number}", $"customer{number}@shop.example"))]);

        // At 0, 20 and 40 s: at 60 s no time is left.
        relay.Klaviyo.EventRequests().Count.ShouldBe(3);
    }

    private static RelayMessageBuilder Message(string id, string email) => new RelayMessageBuilder().Id(id).Retried(0, TestClock.Start, email);
}
