using System.Diagnostics.Metrics;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>How measurements are handed to the Functions host.</summary>
public sealed class MetricReportTests : IDisposable
{
    private readonly RelayFixture _relay = new();
    private readonly MetricRows _rows;

    public MetricReportTests() => _rows = new MetricRows(_relay);

    public void Dispose()
    {
        _rows.Dispose();
        _relay.Dispose();
    }

    [Fact]
    public async Task Counter_is_written_as_one_row_for_each_set_of_tags()
    {
        await _rows.Report.AfterAsync(async () =>
        {
            await _relay.ReceiveAsync(new GladlyWebhookBuilder());
            await _relay.ReceiveAsync(new GladlyWebhookBuilder().Closed());
            await _relay.ReceiveAsync(new GladlyWebhookBuilder().OfType("PING"));
            await _relay.ReceiveAsync(new KustomerWebhookBuilder());
        });

        _rows.Written.Select(row => $"{row}").ShouldBe(
            [
                "relay.webhooks 2 relay.connection=gladly relay.outcome=accepted",
                "relay.webhooks 1 relay.connection=gladly relay.outcome=ignored",
                "relay.webhooks 1 relay.connection=kustomer relay.outcome=accepted",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_written_is_not_written_again()
    {
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        await _rows.TakeAsync();

        (await _rows.TakeAsync()).ShouldBeEmpty();
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        (await _rows.TakeAsync()).ShouldHaveSingleItem().Sum.ShouldBe(1);
    }

    [Fact]
    public async Task Histogram_is_written_by_bucket_with_count_and_sum()
    {
        var waits = Histogram();
        double[] values = [0.3, 0.4, 7, 100_000, 200_000];
        foreach (var value in values)
        {
            waits.Record(value, new KeyValuePair<string, object?>(RelayTags.Account, "main"));
        }

        var rows = await _rows.TakeAsync();

        rows.Select(row => (row.Count, row.Sum)).OrderBy(row => row.Sum).ShouldBe([(2, 0.7), (1, 7), (2, 300_000)]);
        rows.ShouldAllBe(row => row.Name == "relay.queue.wait" && row.Tags == "relay.account=main");
    }

    // "Count" would be lost on the way: the host takes it for its own and does not understand it.
    [Fact]
    public async Task Count_has_a_name_that_the_host_hands_on()
    {
        Histogram().Record(7);

        (await _rows.TakeAsync()).ShouldHaveSingleItem().Properties.ShouldBe([new("relay.count", 1)]);
    }

    [Fact]
    public async Task Measurement_on_a_bound_belongs_to_the_bucket_below_it()
    {
        var waits = Histogram();
        waits.Record(0.25);
        waits.Record(0.2);

        (await _rows.TakeAsync()).ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Rows_are_written_when_the_invocation_fails()
    {
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        await Should.ThrowAsync<InvalidOperationException>(_rows.Report.AfterAsync(() => throw new InvalidOperationException("It failed.")));

        _rows.Written.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_many_measure_at_once()
    {
        const int Threads = 8;
        const int Webhooks = 500;
        await Parallel.ForEachAsync(Enumerable.Range(0, Threads), TestContext.Current.CancellationToken, async (_, _) =>
        {
            for (var time = 0; time < Webhooks; time++)
            {
                await _rows.Report.AfterAsync(() =>
                {
                    _relay.Get<RelayMetrics>().Webhook("gladly", "accepted");
                    return Task.CompletedTask;
                });
            }
        });

        _relay.Clock.Advance(TimeSpan.FromMinutes(1));
        (await _rows.TakeAsync()).Sum(row => row.Sum).ShouldBe(Threads * Webhooks);
    }

    [Fact]
    public async Task Another_hosts_measurements_in_the_same_process_are_not_counted()
    {
        using var other = new RelayFixture();
        (await other.ReceiveAsync(new GladlyWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Accepted>();

        (await _rows.TakeAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Measurement_of_known_tags_allocates_nothing()
    {
        var metrics = _relay.Get<RelayMetrics>();
        metrics.Webhook("gladly", "accepted");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 1000; time++)
        {
            metrics.Webhook("gladly", "accepted");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (await _rows.TakeAsync()).ShouldHaveSingleItem().Sum.ShouldBe(1001);
    }

    // The relay's own instrument: a meter's instruments of one name are one.
    private Histogram<double> Histogram()
    {
        _relay.Get<RelayMetrics>();
        return _relay.Get<IMeterFactory>().Create(RelayTelemetry.Name, RelayTelemetry.Version)
            .CreateHistogram<double>(RelayMetricNames.QueueWait, "s", "", tags: null, new() { HistogramBucketBoundaries = [0.25, 1, 10, 1000] });
    }
}
