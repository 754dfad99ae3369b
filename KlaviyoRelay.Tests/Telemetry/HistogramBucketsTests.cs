using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

public sealed class HistogramBucketsTests
{
    private static readonly HistogramBuckets Buckets = new(0.25, 1, 10);

    [Theory]
    [InlineData(0, "0.25")]
    [InlineData(0.25, "0.25")]
    [InlineData(0.26, "1")]
    [InlineData(10, "10")]
    [InlineData(10.1, "+Inf")]
    public void Measurement_belongs_to_the_bucket_whose_bound_it_does_not_pass(double value, string expected) =>
        Buckets.Of(value).ShouldBe(new KeyValuePair<string, object?>("relay.le", expected));

    [Fact]
    public void Exporter_is_told_the_same_bounds() => Buckets.Advice.HistogramBucketBoundaries.ShouldBe([0.25, 1, 10]);
}
