using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

/// <summary>Klaviyo tells what is left of the minute: others may use the same limit.</summary>
public sealed class RateLimiterCorrectionTests
{
    private static readonly TimeSpan Reset = TimeSpan.FromSeconds(40);

    private readonly TestClock _clock = new() { AutoAdvance = false };

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Permit_waits_for_the_reset_when_no_more_is_left_than_is_on_its_way(int remaining, bool atOnce)
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(100, TimeSpan.FromMinutes(1)));
        await WaitAsync(limiter);

        limiter.Correct(remaining, Reset);

        var permit = WaitAsync(limiter);
        permit.IsCompleted.ShouldBe(atOnce);
        _clock.Advance(TimeSpan.FromSeconds(40));
        (await permit).ShouldBeTrue();
    }

    [Fact]
    public async Task Finished_requests_are_not_on_their_way()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(100, TimeSpan.FromMinutes(1)));
        await WaitAsync(limiter);
        limiter.Finish();

        limiter.Correct(1, Reset);

        WaitAsync(limiter).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Those_who_waited_through_a_pause_keep_to_the_limit_after_it()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(2, TimeSpan.FromSeconds(1)));
        var waiting = Enumerable.Range(0, 6).Select(_ => WaitAsync(limiter)).ToList();
        limiter.PauseFor(TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(10));

        waiting.Count(one => one.IsCompletedSuccessfully).ShouldBeLessThanOrEqualTo(4);
        _clock.Advance(TimeSpan.FromSeconds(10));
        (await Task.WhenAll(waiting)).ShouldAllBe(permitted => permitted);
    }

    [Fact]
    public async Task Headers_of_an_answer_hold_the_next_request_back()
    {
        using var relay = new RelayFixture();
        relay.Gladly.Knows("c1", "ann@shop.example", "bob@shop.example");
        relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(202, headers: [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "20")]);

        await relay.RelayAsync(new RelayMessageBuilder());

        relay.Klaviyo.EventRequests().Count.ShouldBe(2);
        relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(20));
    }

    private static Task<bool> WaitAsync(RateLimiter limiter) => limiter.WaitAsync(TimeSpan.FromDays(1), TestContext.Current.CancellationToken).AsTask();
}
