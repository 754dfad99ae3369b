using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions.Storage;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>What Gladly recorded and no webhook brought is fetched, and the mark of it outlasts the relay.</summary>
public sealed class RecoveryTests(RunningRelay relay) : IClassFixture<RunningRelay>
{
    private readonly RelayStack _stack = relay.Stack;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_is_recorded_once_when_some_came_by_webhook_and_some_did_not()
    {
        await _stack.Simulator.SeedAsync([Customer("delivered"), Customer("missed")], Cancellation);
        var started = DateTimeOffset.UtcNow;
        var delivered = Event("delivered", started.AddMinutes(-2));
        using (var answer = await _stack.Webhooks.GladlyAsync(delivered.ToJsonString(), Cancellation))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await _stack.Simulator.RecordGladlyEventsAsync([delivered, Event("missed", started.AddMinutes(-1)), Unreadable(started.AddMinutes(-1))], Cancellation);
        await RestartAsync("*/2 * * * * *");
        await _stack.Simulator.WaitForEventsAsync(2, Eventually.Patience, () => _stack.Logs, Cancellation);
        await WaitForRunsAsync(3);

        var recorded = await _stack.Simulator.EventsAsync(Cancellation);
        recorded.Select(one => one.Email).ShouldBe(["delivered@klaviyo-demo.com", "missed@klaviyo-demo.com"], ignoreOrder: true);
        await WaitForLineAsync("2 event(s) queued.");
        await WaitForLineAsync("1 line(s) of Gladly's record could not be read");
        (await Marks().ReadAsync("gladly", Cancellation)).ShouldNotBeNull().ShouldBeGreaterThan(started.AddSeconds(-16));
    }

    [Fact]
    public async Task Mark_is_kept_by_azurite_with_requests_that_are_signed()
    {
        var mark = new DateTimeOffset(2026, 1, 15, 14, 0, 0, TimeSpan.Zero);

        (await Marks().ReadAsync("nobody", Cancellation)).ShouldBeNull();
        await Marks().WriteAsync("nobody", mark, Cancellation);
        await Marks().WriteAsync("nobody", mark.AddMinutes(15), Cancellation);

        (await Marks().ReadAsync("nobody", Cancellation)).ShouldBe(mark.AddMinutes(15));
    }

    private BlobRecoveryMarkStore Marks() => new(new BlobServiceClient(_stack.Settings[AzuriteStorage.Setting]));

    private async Task RestartAsync(string schedule)
    {
        _stack.Settings["RecoverSchedule"] = schedule;
        await _stack.Relay.TerminateAsync(Cancellation);
        await _stack.StartRelayAsync(Cancellation);
    }

    private async Task WaitForRunsAsync(int runs)
    {
        var before = await _stack.Simulator.RequestsAsync("/gladly/api/v1/events", Cancellation);
        await Eventually.HoldsAsync(
            async () => await _stack.Simulator.RequestsAsync("/gladly/api/v1/events", Cancellation) >= before + runs, Eventually.Patience, () => _stack.Logs, Cancellation);
    }

    /// <summary>A process writes its lines a moment after what they tell of.</summary>
    private Task WaitForLineAsync(string line) => Eventually.HoldsAsync(
        () => Task.FromResult(_stack.Relay.Output.Contains(line, StringComparison.Ordinal)), Eventually.Patience, () => $"'{line}' was not written.\n{_stack.Logs}", Cancellation);

    private static JsonObject Customer(string id) => new()
    {
        ["helpdesk"] = "gladly",
        ["id"] = id,
        ["emails"] = new JsonArray(new JsonObject { ["email"] = $"{id}@klaviyo-demo.com" }),
    };

    private static JsonObject Event(string customer, DateTimeOffset time) => new()
    {
        ["id"] = $"event-{customer}",
        ["type"] = "CONVERSATION/CREATED",
        ["timestamp"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss.ff'Z'", CultureInfo.InvariantCulture),
        ["content"] = new JsonObject { ["conversationId"] = $"conversation-{customer}", ["customerId"] = customer },
    };

    private static JsonObject Unreadable(DateTimeOffset time) => new()
    {
        ["id"] = "event-unreadable",
        ["type"] = "CONVERSATION/CREATED",
        ["timestamp"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}
