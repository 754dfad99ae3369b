using CsCheck;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

public sealed class SlidingWindowTests
{
    private static readonly TimeSpan Now = TimeSpan.FromDays(3);

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

        _window.Earliest(Now + TimeSpan.FromSeconds(6)).ShouldBe(Now + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Oldest_permit_is_forgotten_when_the_window_has_passed()
    {
        Take(0, 4, 6);

        _window.Earliest(Now + TimeSpan.FromSeconds(10)).ShouldBe(Now + TimeSpan.FromSeconds(10));
        _window.Earliest(Now + TimeSpan.FromSeconds(99)).ShouldBe(Now + TimeSpan.FromSeconds(99));
    }

    [Fact]
    public void Permit_counts_until_the_window_has_passed()
    {
        Take(0, 4, 6);

        _window.Use(Now + TimeSpan.FromSeconds(9.999)).ShouldBe(new RateWindow(TimeSpan.FromSeconds(10), Limit: 3, Used: 3));
        _window.Use(Now + TimeSpan.FromSeconds(10)).Used.ShouldBe(2);
    }

    [Fact]
    public void Next_permits_come_a_window_after_each_old_one()
    {
        Take(0, 4, 6, 10);

        _window.Earliest(Now + TimeSpan.FromSeconds(10)).ShouldBe(Now + TimeSpan.FromSeconds(14));
    }

    [Fact]
    public void No_span_of_the_windows_length_ever_holds_more_than_the_limit() => Gen.Int[0, 5_000].Array[1, 60].Sample(pauses =>
    {
        var (window, granted, now) = (new SlidingWindow(limit: 3, TimeSpan.FromSeconds(10)), new List<TimeSpan>(), Now);
        foreach (var pause in pauses)
        {
            now = window.Earliest(now + TimeSpan.FromMilliseconds(pause));
            window.Take(now);
            granted.Add(now);
        }

        return granted.All(start => granted.Count(time => time >= start && time < start + TimeSpan.FromSeconds(10)) <= 3);
    });

    [Theory]
    [InlineData(0, 10)]
    [InlineData(4, 10)]
    [InlineData(6, 10)]
    public void Permit_that_is_given_back_is_free_again_and_the_others_stay(int second, int next)
    {
        Take(0, 4, 6);

        _window.GiveBack(Now + TimeSpan.FromSeconds(second));

        _window.Use(Now + TimeSpan.FromSeconds(6)).Used.ShouldBe(2);
        _window.Earliest(Now + TimeSpan.FromSeconds(6)).ShouldBe(Now + TimeSpan.FromSeconds(6));
        _window.Take(Now + TimeSpan.FromSeconds(6));
        _window.Earliest(Now + TimeSpan.FromSeconds(6)).ShouldBe(Now + TimeSpan.FromSeconds(second == 0 ? 14 : next));
    }

    [Fact]
    public void Permit_that_newer_ones_pushed_out_can_be_given_back()
    {
        Take(0, 4, 6, 10);

        _window.GiveBack(Now);

        _window.Use(Now + TimeSpan.FromSeconds(10)).Used.ShouldBe(3);
    }

    private void Take(params int[] seconds)
    {
        foreach (var second in seconds)
        {
            _window.Take(Now + TimeSpan.FromSeconds(second));
        }
    }
}
