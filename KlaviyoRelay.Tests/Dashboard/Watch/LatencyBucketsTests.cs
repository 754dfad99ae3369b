using KlaviyoRelay.Dashboard.Watch;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

public sealed class LatencyBucketsTests
{
    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void First_bucket_ends_at_a_millisecond(double milliseconds) => LatencyBuckets.Of(milliseconds).ShouldBe(0);

    [Theory]
    [InlineData(1.1)]
    [InlineData(3)]
    [InlineData(47.5)]
    [InlineData(1000)]
    [InlineData(59_999)]
    public void Percentile_is_less_than_a_quarter_above_the_time(double milliseconds) =>
        PercentileOf(milliseconds, 0.5).ShouldNotBeNull().ShouldBeInRange(milliseconds * 0.95, milliseconds * 1.26);

    [Theory]
    [InlineData(150_000)]
    [InlineData(86_400_000)]
    [InlineData(double.MaxValue)]
    public void Last_bucket_has_no_end(double milliseconds) => LatencyBuckets.Of(milliseconds).ShouldBe(LatencyBuckets.Count - 1);

    [Fact]
    public void Percentile_of_nothing_is_null() => LatencyBuckets.Percentile(new int[LatencyBuckets.Count], 0.99).ShouldBeNull();

    [Fact]
    public void Percentiles_are_by_rank()
    {
        var counts = new int[LatencyBuckets.Count];
        counts[0] = 50;
        counts[10] = 45;
        counts[LatencyBuckets.Count - 1] = 5;

        LatencyBuckets.Percentile(counts, 0.5).ShouldBe(1);
        LatencyBuckets.Percentile(counts, 0.95).ShouldBe(9.3);
        LatencyBuckets.Percentile(counts, 0.99).ShouldNotBeNull().ShouldBeGreaterThan(120_000);
    }

    private static double? PercentileOf(double milliseconds, double share)
    {
        var counts = new int[LatencyBuckets.Count];
        counts[LatencyBuckets.Of(milliseconds)]++;
        return LatencyBuckets.Percentile(counts, share);
    }
}
