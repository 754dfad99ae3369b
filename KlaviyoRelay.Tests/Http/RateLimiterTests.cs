using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

public sealed class RateLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestClock _clock = new() { AutoAdvance = false };

    [Fact]
    public async Task Permits_within_the_limit_come_at_once_and_the_next_when_the_window_has_passed()
    {
        var limiter = Limiter(perSecond: 2);

        (await Wait(limiter)).ShouldBeTrue();
        (await Wait(limiter)).ShouldBeTrue();
        await ShouldComeAfterAsync(1, Wait(limiter));
    }

    [Fact]
    public async Task Permits_come_in_the_order_in_which_they_were_asked_for()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        var (second, third) = (Wait(limiter), Wait(limiter));

        await ShouldComeAfterAsync(1, second);
        await ShouldComeAfterAsync(1, third);
    }

    [Fact]
    public async Task Tighter_of_two_windows_holds()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(2, TimeSpan.FromSeconds(1)), new SlidingWindow(3, Minute));
        await Wait(limiter);
        await Wait(limiter);
        var (third, fourth) = (Wait(limiter), Wait(limiter));

        await ShouldComeAfterAsync(1, third);
        await ShouldComeAfterAsync(59, fourth);
    }

    [Fact]
    public async Task Pause_is_for_everyone()
    {
        var limiter = Limiter(perSecond: 100);
        limiter.PauseFor(TimeSpan.FromSeconds(30));

        await ShouldComeAfterAsync(30, Wait(limiter), Wait(limiter));
    }

    [Fact]
    public async Task Pause_that_begins_during_a_wait_is_kept_too()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        var waiting = Wait(limiter);
        limiter.PauseFor(TimeSpan.FromSeconds(10));

        await ShouldComeAfterAsync(TimeSpan.FromSeconds(10), Second, waiting);
    }

    [Fact]
    public async Task Shorter_pause_does_not_end_a_longer_one()
    {
        var limiter = Limiter(perSecond: 1);
        limiter.PauseFor(TimeSpan.FromSeconds(10));
        limiter.PauseFor(TimeSpan.FromSeconds(5));

        await ShouldComeAfterAsync(10, Wait(limiter));
    }

    [Fact]
    public async Task Deadline_before_the_permit_gives_false_at_once_and_takes_none()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);

        (await Wait(limiter, TimeSpan.FromMilliseconds(999))).ShouldBeFalse();

        // Exactly at the deadline it is given.
        await ShouldComeAfterAsync(1, Wait(limiter, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Pause_past_the_deadline_gives_false_also_when_it_begins_during_a_wait()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        var waiting = Wait(limiter, TimeSpan.FromMinutes(3));
        limiter.PauseFor(TimeSpan.FromMinutes(10));

        (await Wait(limiter, TimeSpan.FromMinutes(3))).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(10));
        (await waiting).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Time_of_day_moves_no_permit_and_no_pause(int minutes)
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        limiter.PauseFor(TimeSpan.FromSeconds(5));
        _clock.Step(TimeSpan.FromMinutes(minutes));

        await ShouldComeAfterAsync(5, Wait(limiter, TimeSpan.FromSeconds(10)));
        limiter.Use("main", "events").PausedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Permit_that_a_pause_overtook_is_given_back()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(3, Minute));
        limiter.PauseFor(TimeSpan.FromSeconds(1));
        Task<bool>[] waiting = [Wait(limiter), Wait(limiter)];
        limiter.PauseFor(TimeSpan.FromSeconds(2));

        await ShouldComeAfterAsync(TimeSpan.FromSeconds(2), Second, waiting);
        limiter.Use("main", "events").Windows[0].Used.ShouldBe(2);
    }

    [Fact]
    public async Task Wait_ends_when_it_is_cancelled()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        using var cancellation = new CancellationTokenSource();
        var waiting = limiter.WaitAsync(Minute, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
        // Its permit is free again.
        await ShouldComeAfterAsync(1, Wait(limiter));
    }

    [Fact]
    public async Task Pause_is_told_with_its_end_and_with_what_is_left_of_it()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(100, Minute));
        await Wait(limiter);
        limiter.PauseFor(TimeSpan.FromSeconds(30));
        _clock.Advance(TimeSpan.FromSeconds(10));

        limiter.Wait.ShouldBe(TimeSpan.FromSeconds(20));
        limiter.Use("main", "events").PausedUntil.ShouldBe(TestClock.Start.AddSeconds(30));
    }

    // Klaviyo tells what is left of the minute: others may use the same limit.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Permit_waits_for_the_reset_when_no_more_is_left_than_is_on_its_way(int remaining, bool atOnce)
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(100, Minute));
        await Wait(limiter);

        limiter.Correct(remaining, TimeSpan.FromSeconds(40));

        await ShouldComeAfterAsync(atOnce ? 0 : 40, Wait(limiter));
    }

    [Fact]
    public async Task Finished_requests_are_not_on_their_way()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(100, Minute));
        await Wait(limiter);
        limiter.Finish();

        limiter.Correct(1, TimeSpan.FromSeconds(40));

        await ShouldComeAfterAsync(0, Wait(limiter));
    }

    [Fact]
    public async Task Those_who_waited_through_a_pause_keep_to_the_limit_after_it()
    {
        var limiter = Limiter(perSecond: 2);
        var waiting = Enumerable.Range(0, 6).Select(_ => Wait(limiter)).ToList();
        limiter.PauseFor(TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(10));

        waiting.Count(one => one.IsCompletedSuccessfully).ShouldBeLessThanOrEqualTo(4);
        _clock.Advance(TimeSpan.FromSeconds(10));
        (await Task.WhenAll(waiting)).ShouldAllBe(permitted => permitted);
    }

    private static Task<bool> Wait(RateLimiter limiter, TimeSpan? atMost = null) =>
        limiter.WaitAsync(atMost ?? TimeSpan.FromDays(1), TestContext.Current.CancellationToken).AsTask();

    private Task ShouldComeAfterAsync(int seconds, params Task<bool>[] permits) =>
        ShouldComeAfterAsync(TimeSpan.FromSeconds(seconds), TimeSpan.FromMilliseconds(1), permits);

    /// <summary>The permits come when the time has passed, and not while the last bit of it is left.</summary>
    private async Task ShouldComeAfterAsync(TimeSpan time, TimeSpan last, params Task<bool>[] permits)
    {
        if (time > TimeSpan.Zero)
        {
            _clock.Advance(time - last);
            permits.ShouldAllBe(permit => !permit.IsCompleted);
            _clock.Advance(last);
        }

        (await Task.WhenAll(permits).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldAllBe(permitted => permitted);
    }

    private RateLimiter Limiter(int perSecond) => new(_clock, new SlidingWindow(perSecond, TimeSpan.FromSeconds(1)));
}
