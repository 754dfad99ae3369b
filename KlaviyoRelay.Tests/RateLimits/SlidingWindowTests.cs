using KlaviyoRelay.Core.RateLimits;

namespace KlaviyoRelay.Tests.RateLimits;

public sealed class SlidingWindowTests
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    private readonly SlidingWindow _window = new(limit: 3, TimeSpan.FromSeconds(10));

    [Fact]
    public void Permits_up_to_the_limit_come_at_once()
    {
        Take(0, 0);

        _window.Earliest(Now).ShouldBe(Now);
    }

    [Fact]
    public void Next_permit_comes_a_window_after_the_oldest()
    {
        Take(0, 4, 6);

        _window.Earliest(Now.AddSeconds(6)).ShouldBe(Now.AddSeconds(10));
    }

    [Fact]
    public void Oldest_permit_is_forgotten_when_the_window_has_passed()
    {
        Take(0, 4, 6);

        _window.Earliest(Now.AddSeconds(10)).ShouldBe(Now.AddSeconds(10));
        _window.Earliest(Now.AddSeconds(99)).ShouldBe(Now.AddSeconds(99));
    }

    [Fact]
    public void Next_permits_come_a_window_after_each_old_one()
    {
        Take(0, 4, 6, 10);

        _window.Earliest(Now.AddSeconds(10)).ShouldBe(Now.AddSeconds(14));
    }

    [Fact]
    public void No_span_of_the_windows_length_ever_holds_more_than_the_limit()
    {
        var granted = new List<DateTimeOffset>();
        var now = Now;
        for (var number = 0; number < 50; number++)
        {
            now = _window.Earliest(now.AddMilliseconds(number * 37 % 900));
            _window.Take(now);
            granted.Add(now);
        }

        granted.ShouldAllBe(start => granted.Count(time => time >= start && time < start.AddSeconds(10)) <= 3);
    }

    private void Take(params int[] seconds)
    {
        foreach (var second in seconds)
        {
            _window.Take(Now.AddSeconds(second));
        }
    }
}
