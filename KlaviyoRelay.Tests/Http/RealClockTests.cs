using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

/// <summary>Timers of the real clock ring a moment early or late, which those of a test's clock never do.</summary>
public sealed class RealClockTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    [Fact]
    public async Task Waiter_takes_one_permit_however_the_timer_rings()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            var limiter = new RateLimiter(TimeProvider.System, new SlidingWindow(280, TimeSpan.FromMinutes(1)));
            limiter.PauseFor(Pause + TimeSpan.FromMicroseconds(turn * 93));
            var start = TimeProvider.System.GetTimestamp();

            (await WaitAsync(limiter)).ShouldBeTrue();

            TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThanOrEqualTo(Pause);
            limiter.Use("main", "events").Windows[0].Used.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Waiters_take_one_permit_each_when_a_pause_overtakes_them()
    {
        var limiter = new RateLimiter(TimeProvider.System, new SlidingWindow(280, TimeSpan.FromMinutes(1)));
        limiter.PauseFor(Pause);
        var waiting = Enumerable.Range(0, 20).Select(_ => WaitAsync(limiter)).ToList();
        limiter.PauseFor(2 * Pause);

        (await Task.WhenAll(waiting)).ShouldAllBe(permitted => permitted);

        limiter.Use("main", "events").Windows[0].Used.ShouldBe(20);
    }

    private static Task<bool> WaitAsync(RateLimiter limiter) => limiter.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken).AsTask();
}
