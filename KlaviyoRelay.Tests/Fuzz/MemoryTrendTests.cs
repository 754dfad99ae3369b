namespace KlaviyoRelay.Tests.Fuzz;

public sealed class MemoryTrendTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public void Trend_tells_a_slow_leak() => Growth(sample => sample * MiB / 2).ShouldBe(5 * MiB);

    [Fact]
    public void Trend_passes_over_what_is_filled_first() => Growth(sample => Math.Min(sample, 5) * 10 * MiB).ShouldBe(0);

    [Theory]
    [InlineData(6)]
    [InlineData(19)]
    public void Trend_passes_over_a_single_sample(int odd) => Growth(sample => sample == odd ? 100 * MiB : MiB).ShouldBe(0);

    private static long Growth(Func<int, long> memory)
    {
        var trend = new MemoryTrend();
        for (var sample = 0; sample < MemoryTrend.Samples; sample++)
        {
            trend.Add(memory(sample));
        }

        return trend.Growth;
    }
}
