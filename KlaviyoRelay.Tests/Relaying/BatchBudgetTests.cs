using KlaviyoRelay.Core.DeadLetters;

namespace KlaviyoRelay.Tests.Relaying;

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
        _relay.Queue.Throttled.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Throttled && letter.Emails != null && letter.Emails.Count == 1);
        _relay.Clock.Elapsed.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(3.5));
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
    public async Task Configured_budget_is_the_batchs()
    {
        using var relay = new RelayFixture(("Relay__Accounts__main__RateShare", "0.001"), ("Relay__Delivery__BatchBudget", "00:01:00"));
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync([.. Enumerable.Range(0, 10).Select(number => Message($"e{number}", $"customer{number}@shop.example"))]);

        relay.Klaviyo.EventRequests().Count.ShouldBe(4);
    }

    private static RelayMessageBuilder Message(string id, string email) => new RelayMessageBuilder().Id(id).Retried(0, TestClock.Start, email);
}
