using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Audit;

public sealed class LatenessMeterTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Percentiles_are_those_of_the_histogram_within_a_tenth()
    {
        var meter = await StartAsync();
        var metrics = _relay.Get<RelayMetrics>();
        for (var one = 1; one <= 100; one++)
        {
            metrics.Latency("main", TimeSpan.FromSeconds(one <= 98 ? 0.2 : 40), isLate: one > 98);
        }

        var lateness = meter.Find("main").ShouldNotBeNull();

        lateness.Events.ShouldBe(100);
        lateness.Since.ShouldBe(TestClock.Start);
        lateness.P50.ShouldBeInRange(0.2, 0.22);
        lateness.P99.ShouldBeInRange(40, 44);
    }

    [Fact]
    public async Task Nothing_is_said_of_an_account_without_events()
    {
        var meter = await StartAsync();
        _relay.Get<RelayMetrics>().Latency("main", TimeSpan.FromSeconds(1), isLate: false);

        meter.Find("second").ShouldBeNull();
    }

    [Fact]
    public async Task Another_host_in_the_same_process_is_not_heard()
    {
        var meter = await StartAsync();
        using var other = new RelayFixture();
        other.Get<RelayMetrics>().Latency("main", TimeSpan.FromSeconds(1), isLate: false);

        meter.Find("main").ShouldBeNull();
    }

    private async Task<LatenessMeter> StartAsync()
    {
        var meter = _relay.Get<LatenessMeter>();
        await meter.StartAsync(TestContext.Current.CancellationToken);
        return meter;
    }
}
