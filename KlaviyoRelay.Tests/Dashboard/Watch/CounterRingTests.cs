using KlaviyoRelay.Dashboard.Watch;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

public sealed class CounterRingTests
{
    private readonly TestClock _clock = new();
    private readonly CounterRing _ring;

    public CounterRingTests() => _ring = new CounterRing(_clock);

    private static long Begin => TestClock.Start.ToUnixTimeSeconds();

    [Fact]
    public void Second_is_given_when_it_is_complete()
    {
        _ring.Count(Counted.Accepted, 3);
        _ring.Since(0).Points.ShouldBeEmpty();

        Pass(1);

        var (points, last) = _ring.Since(0);
        points.ShouldBe([new RatePoint(Begin, 3, 0, 0, 0, null, null, null)]);
        _ring.Since(last).Points.ShouldBeEmpty();
    }

    [Fact]
    public void Each_second_is_given_once_however_long_it_took_to_ask()
    {
        var (seen, last) = (new List<RatePoint>(), 0L);
        for (var second = 0; second < 20; second++)
        {
            _ring.Count(Counted.Accepted);
            Pass(1);
            if (second % 3 == 0)
            {
                (var points, last) = _ring.Since(last);
                seen.AddRange(points);
            }
        }

        seen.Select(point => (point.T, point.Accepted)).ShouldBe(Enumerable.Range(0, 19).Select(second => (Begin + second, 1)));
    }

    [Fact]
    public void Seconds_in_which_nothing_happened_are_left_out()
    {
        _ring.Count(Counted.Throttled);
        Pass(5);
        _ring.Count(Counted.Rejected, 2);
        Pass(1);

        _ring.Since(0).Points.Select(point => (point.T - Begin, point.Throttled, point.Rejected)).ShouldBe([(0, 1, 0), (5, 0, 2)]);
    }

    [Fact]
    public void Counts_of_more_than_15_minutes_ago_are_forgotten_and_totals_are_not()
    {
        for (var second = 0; second < CounterRing.Seconds + 100; second++)
        {
            _ring.Count(Counted.Accepted);
            Pass(1);
        }

        var points = _ring.Since(0).Points;
        points.Count.ShouldBe(CounterRing.Seconds - 1);
        points.ShouldAllBe(point => point.Accepted == 1);
        points[^1].T.ShouldBe(Begin + CounterRing.Seconds + 99);
        _ring.Total(Counted.Accepted).ShouldBe(CounterRing.Seconds + 100);
    }

    [Fact]
    public void Second_of_the_same_place_in_the_ring_15_minutes_later_begins_at_0()
    {
        _ring.Count(Counted.Accepted, 7);
        _ring.Delivered(TimeSpan.FromMilliseconds(10));
        Pass(CounterRing.Seconds);
        _ring.Count(Counted.Accepted);
        Pass(1);

        _ring.Since(0).Points.ShouldBe([new RatePoint(Begin + CounterRing.Seconds, 1, 0, 0, 0, null, null, null)]);
    }

    [Fact]
    public void Rate_is_the_mean_of_the_last_ten_complete_seconds()
    {
        _ring.Count(Counted.Delivered, 100);
        Pass(1);
        _ring.Count(Counted.Delivered, 50);
        _ring.PerSecond(Counted.Delivered).ShouldBe(10);
        Pass(1);
        _ring.PerSecond(Counted.Delivered).ShouldBe(15);
        Pass(9);
        _ring.PerSecond(Counted.Delivered).ShouldBe(5);
        Pass(1);
        _ring.PerSecond(Counted.Delivered).ShouldBe(0);
    }

    [Fact]
    public void Percentiles_are_of_the_minute_before_and_end_with_it()
    {
        for (var count = 0; count < 90; count++)
        {
            _ring.Delivered(TimeSpan.FromMilliseconds(9));
        }

        for (var count = 0; count < 10; count++)
        {
            _ring.Delivered(TimeSpan.FromMilliseconds(900));
        }

        Pass(61);

        var points = _ring.Since(0).Points;
        points.Count.ShouldBe(60);
        points.ShouldAllBe(point => point.P50 == 9.3 && point.P95 >= 900 && point.P95 < 900 * 1.25 && point.P99 == point.P95);
        points[0].Delivered.ShouldBe(100);
        Pass(1);
        _ring.Since(0).Points.Count.ShouldBe(60);
    }

    [Fact]
    public void Delivery_without_a_webhook_is_counted_and_has_no_latency()
    {
        _ring.Delivered(latency: null);
        Pass(1);

        _ring.Since(0).Points.ShouldBe([new RatePoint(Begin, 0, 1, 0, 0, null, null, null)]);
    }

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
