using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>The relay is stopped in the middle of its work, each way it can be.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly RelayStack _stack = new();
    private readonly ConversationLoad _load = ConversationLoad.Varied(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // One by one and slow enough to be caught in the middle.
        _stack.Settings["Relay__Delivery__BulkThreshold"] = "0";
        _stack.Settings[RelaySettings.ShortLock.Setting] = RelaySettings.ShortLock.Value;
        await _stack.StartAsync(Cancellation);
        await _load.SeedAsync(_stack.Simulator, Cancellation);
        await _stack.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = "/api/events", ["delayMs"] = 200 }, Cancellation);
    }

    [Fact]
    public async Task Relay_records_every_event_once_when_it_is_killed_in_the_middle()
    {
        await _load.PostAsync(_stack.Webhooks, Cancellation);
        await WaitForTheMiddleAsync();
        await _stack.Relay.KillAsync();

        (await _stack.Simulator.RecordedAsync(Cancellation)).ShouldBeLessThan(_load.Expected.Count);
        await _stack.StartRelayAsync(Cancellation);

        await AssertEverythingIsRecordedOnceAsync();
    }

    [Fact]
    public async Task Relay_finishes_its_batch_and_exits_with_0_when_it_is_terminated()
    {
        await _load.PostAsync(_stack.Webhooks, Cancellation);
        await WaitForTheMiddleAsync();
        await _stack.Relay.TerminateAsync(Cancellation);

        _stack.Relay.ExitCode.ShouldBe(0, _stack.Relay.Output);
        var recorded = await _stack.Simulator.RecordedAsync(Cancellation);
        await _stack.StartRelayAsync(Cancellation);
        await AssertEverythingIsRecordedOnceAsync();
        recorded.ShouldBeGreaterThan(0);
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private Task WaitForTheMiddleAsync() => Eventually.HoldsAsync(
        async () => await _stack.Simulator.RecordedAsync(Cancellation) >= 20,
        Eventually.Patience,
        () => _stack.Logs,
        Cancellation);

    private async Task AssertEverythingIsRecordedOnceAsync()
    {
        await _stack.Simulator.ClearFaultsAsync(Cancellation);
        await _stack.Simulator.WaitForEventsAsync(_load.Expected.Count, Eventually.Patience, () => _stack.Logs, Cancellation);
        var recorded = await _stack.Simulator.EventsAsync(Cancellation);
        recorded.Select(one => (one.Metric, one.Email)).ShouldBe(_load.Expected, ignoreOrder: true);
    }
}
