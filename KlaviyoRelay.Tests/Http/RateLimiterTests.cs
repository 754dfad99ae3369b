using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

public sealed class RateLimiterTests
{
    private static readonly TimeSpan Later = TimeSpan.FromDays(1);

    private readonly TestClock _clock = new() { AutoAdvance = false };

    [Fact]
    public async Task Permits_within_the_limit_come_at_once()
    {
        var limiter = Limiter(perSecond: 2);

        (await Wait(limiter)).ShouldBeTrue();
        (await Wait(limiter)).ShouldBeTrue();
    }

    [Fact]
    public async Task Permit_over_the_limit_comes_when_the_window_has_passed()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);

        var second = Wait(limiter);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        second.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        (await second).ShouldBeTrue();
    }

    [Fact]
    public async Task Permits_come_in_the_order_in_which_they_were_asked_for()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        var second = Wait(limiter);
        var third = Wait(limiter);

        _clock.Advance(TimeSpan.FromSeconds(1));

        (await second).ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await third).ShouldBeTrue();
    }

    [Fact]
    public async Task Tighter_of_two_windows_holds()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(2, TimeSpan.FromSeconds(1)), new SlidingWindow(3, TimeSpan.FromMinutes(1)));
        await Wait(limiter);
        await Wait(limiter);
        var third = Wait(limiter);
        var fourth = Wait(limiter);

        third.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await third).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(58));
        fourth.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await fourth).ShouldBeTrue();
    }

    [Fact]
    public async Task Pause_is_for_everyone()
    {
        var limiter = Limiter(perSecond: 100);
        limiter.PauseFor(TimeSpan.FromSeconds(30));

        Task<bool>[] waiting = [Wait(limiter), Wait(limiter)];
        _clock.Advance(TimeSpan.FromSeconds(29));
        waiting.ShouldAllBe(task => !task.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));
        (await Task.WhenAll(waiting)).ShouldAllBe(permitted => permitted);
    }

    [Fact]
    public async Task Pause_that_begins_during_a_wait_is_kept_too()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        var waiting = Wait(limiter);
        limiter.PauseFor(TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(9));
        waiting.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));
        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task Shorter_pause_does_not_end_a_longer_one()
    {
        var limiter = Limiter(perSecond: 1);
        limiter.PauseFor(TimeSpan.FromSeconds(10));
        limiter.PauseFor(TimeSpan.FromSeconds(5));

        var waiting = Wait(limiter);
        _clock.Advance(TimeSpan.FromSeconds(9));
        waiting.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));
        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task Deadline_before_the_permit_gives_false_at_once_and_takes_none()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);

        (await Wait(limiter, TimeSpan.FromMilliseconds(999))).ShouldBeFalse();

        var next = Wait(limiter);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await next).ShouldBeTrue();
    }

    [Fact]
    public async Task Permit_exactly_at_the_deadline_is_given()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);

        var waiting = Wait(limiter, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task Pause_past_the_deadline_gives_false_at_once()
    {
        var limiter = Limiter(perSecond: 1);
        limiter.PauseFor(TimeSpan.FromMinutes(10));

        (await Wait(limiter, TimeSpan.FromMinutes(3))).ShouldBeFalse();
    }

    [Fact]
    public async Task Pause_past_the_deadline_that_begins_during_a_wait_gives_false()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        var waiting = Wait(limiter, TimeSpan.FromMinutes(3));
        limiter.PauseFor(TimeSpan.FromMinutes(10));

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

        var waiting = Wait(limiter, TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        waiting.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        (await waiting).ShouldBeTrue();
        limiter.Use("main", "events").PausedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task Permit_that_a_pause_overtook_is_given_back()
    {
        var limiter = new RateLimiter(_clock, new SlidingWindow(3, TimeSpan.FromMinutes(1)));
        limiter.PauseFor(TimeSpan.FromSeconds(1));
        Task<bool>[] waiting = [Wait(limiter), Wait(limiter)];
        limiter.PauseFor(TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(2));

        (await Task.WhenAll(waiting)).ShouldAllBe(permitted => permitted);
        limiter.Use("main", "events").Windows[0].Used.ShouldBe(2);
    }

    [Fact]
    public async Task Wait_ends_when_it_is_cancelled()
    {
        var limiter = Limiter(perSecond: 1);
        await Wait(limiter);
        using var cancellation = new CancellationTokenSource();
        var waiting = limiter.WaitAsync(Later, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    private static Task<bool> Wait(RateLimiter limiter, TimeSpan? atMost = null) =>
        limiter.WaitAsync(atMost ?? Later, TestContext.Current.CancellationToken).AsTask();

    private RateLimiter Limiter(int perSecond) => new(_clock, new SlidingWindow(perSecond, TimeSpan.FromSeconds(1)));
}
