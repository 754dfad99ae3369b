using System.Net;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>What the relay needs is away, or sends it what it can't read.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly RelayStack _stack = new();
    private readonly ConversationLoad _load = ConversationLoad.Varied(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stack.Settings[RelaySettings.ShortLock.Setting] = RelaySettings.ShortLock.Value;
        await _stack.StartAsync(Cancellation);
        await _load.SeedAsync(_stack.Simulator, Cancellation);
    }

    [Fact]
    public async Task Relay_accepts_nothing_while_the_queue_is_away_and_goes_on_when_it_is_back()
    {
        await _stack.Azurite.KillAsync();

        using var refused = await _stack.Webhooks.GladlyAsync(new GladlyWebhookBuilder().With("content.customerId", "load-0").Build(), Cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        // The queue is asked once in 10 s.
        await Eventually.HoldsAsync(
            async () =>
            {
                using var health = await _stack.Webhooks.GetAsync("api/health", Cancellation);
                return health.StatusCode == HttpStatusCode.ServiceUnavailable;
            },
            Eventually.Patience,
            () => _stack.Logs,
            Cancellation);

        await _stack.StartAzuriteAsync(Cancellation);
        await _load.PostAsync(_stack.Webhooks, Cancellation);
        await _stack.Simulator.WaitForEventsAsync(_load.Expected.Count, Eventually.Patience, () => _stack.Logs, Cancellation);
    }

    [Fact]
    public async Task Unreadable_message_ends_as_poison_and_blocks_nobody()
    {
        const string poisonQueue = $"{QueueNames.ConversationEvents}-poison";
        await _stack.Queues.CreateAsync(poisonQueue, Cancellation);
        await _stack.Queues.PutAsync(QueueNames.ConversationEvents, "<no base64>", TimeSpan.Zero, Cancellation);
        await _stack.Queues.PutAsync(QueueNames.ConversationEvents, Convert.ToBase64String("""{"messageId":"1","sessionId":"main","body":"{\"version\":99}"}"""u8), TimeSpan.Zero, Cancellation);

        await _load.PostAsync(_stack.Webhooks, Cancellation);

        await _stack.Simulator.WaitForEventsAsync(_load.Expected.Count, Eventually.Patience, () => _stack.Logs, Cancellation);
        var poison = new List<string>();
        await Eventually.HoldsAsync(
            async () =>
            {
                poison.AddRange((await _stack.Queues.GetAsync(poisonQueue, TimeSpan.FromMinutes(5), Cancellation)).Select(message => message.Text));
                return poison.Count >= 2;
            },
            Eventually.Patience,
            () => _stack.Logs,
            Cancellation);
        poison.ShouldContain("<no base64>");
    }

    [Fact]
    public async Task Throttled_event_waits_in_the_queue_that_says_so()
    {
        await _stack.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = "/api/events", ["status"] = 429, ["retryAfter"] = "600" }, Cancellation);
        using var accepted = await _stack.Webhooks.GladlyAsync(new GladlyWebhookBuilder().With("content.customerId", "load-0").Build(), Cancellation);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await Eventually.HoldsAsync(
            () => Task.FromResult(_stack.Relay.Output.Contains("dead-lettered as throttled")),
            Eventually.Patience,
            () => _stack.Logs,
            Cancellation);

        // Its message is deleted after its batch, which has written the letter and the line.
        await Eventually.HoldsAsync(
            async () => await SessionQueues.CountAsync(_stack.Queues, QueueNames.ConversationEvents, Cancellation) == 0, Eventually.Patience, () => _stack.Logs, Cancellation);
        // It is there and can't be received before its time.
        (await _stack.Queues.CountAsync(QueueNames.DeadLetterThrottled, Cancellation)).ShouldBe(1);
        (await _stack.Queues.GetAsync(QueueNames.DeadLetterThrottled, TimeSpan.FromSeconds(5), Cancellation)).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();
}
