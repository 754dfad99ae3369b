namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>When measurements are handed to the Functions host.</summary>
public sealed class MetricPaceTests : IDisposable
{
    private readonly RelayFixture _relay = new();
    private readonly MetricRows _rows;

    public MetricPaceTests() => _rows = new MetricRows(_relay);

    public void Dispose()
    {
        _rows.Dispose();
        _relay.Dispose();
    }

    [Fact]
    public async Task Rows_wait_while_another_invocation_runs()
    {
        var other = new TaskCompletionSource();
        var running = _rows.Report.AfterAsync(() => other.Task);
        await _rows.Report.AfterAsync(() => _relay.ReceiveAsync(new GladlyWebhookBuilder()));
        _rows.Written.ShouldBeEmpty();

        other.SetResult();
        await running;

        _rows.Written.ShouldHaveSingleItem().Sum.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_wait_a_minute_at_most()
    {
        var other = new TaskCompletionSource();
        var running = _rows.Report.AfterAsync(() => other.Task);
        await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        _relay.Clock.Advance(TimeSpan.FromSeconds(59));
        (await _rows.TakeAsync()).ShouldBeEmpty();

        _relay.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _rows.TakeAsync()).ShouldHaveSingleItem();
        (await _rows.TakeAsync()).ShouldBeEmpty();
        other.SetResult();
        await running;
    }

    [Fact]
    public async Task Rows_of_a_busy_instance_are_written_once_a_minute_after_a_burst_of_ten()
    {
        var written = new List<int>();
        for (var second = 0; second < 600; second++)
        {
            await _relay.ReceiveAsync(new GladlyWebhookBuilder());
            if ((await _rows.TakeAsync()).Count > 0)
            {
                written.Add(second);
            }

            _relay.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        written.ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 60, 120, 180, 240, 300, 360, 420, 480, 540]);
    }

    [Fact]
    public async Task Rows_of_a_slow_instance_are_written_at_once()
    {
        for (var minute = 0; minute < 30; minute++)
        {
            await _relay.ReceiveAsync(new GladlyWebhookBuilder());
            (await _rows.TakeAsync()).ShouldHaveSingleItem().Sum.ShouldBe(1);
            _relay.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Burst_is_written_at_once_again_after_a_quiet_time()
    {
        for (var burst = 0; burst < 3; burst++)
        {
            for (var time = 0; time < 10; time++)
            {
                await _relay.ReceiveAsync(new GladlyWebhookBuilder());
                (await _rows.TakeAsync()).ShouldHaveSingleItem().Sum.ShouldBe(1);
            }

            _relay.Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }
}
