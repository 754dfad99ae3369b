using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Functions;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>The dashboard's actions with the real processes, as the page asks for them.</summary>
public sealed partial class ActFlowTests : IAsyncLifetime
{
    private readonly RelayStack _stack = new();
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _stack.StartAsync(Cancellation);
        _http.BaseAddress = _stack.RelayAddress;
        _http.DefaultRequestHeaders.Add(LocalGuard.TokenHeader, Token().Match(await _http.GetStringAsync("/", Cancellation)).Groups[1].Value);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stack.DisposeAsync();
    }

    [Fact]
    public async Task Conversation_is_tried_throttled_listed_while_the_relay_runs_released_and_delivered()
    {
        await PostAsync("try", """{"connection":"gladly","what":"burst"}""");
        await Eventually.HoldsAsync(async () => await _stack.Simulator.RecordedAsync(Cancellation) >= 20, Eventually.Patience, () => _stack.Logs, Cancellation);
        var delivered = await SettledAsync();
        await PostAsync("faults", """{"name":"throttle","on":true}""");

        (await PostAsync("try", """{"connection":"kustomer","what":"open"}""")).GetProperty("status").GetInt32().ShouldBe(202);

        await Eventually.HoldsAsync(async () => await LettersAsync() == 1, Eventually.Patience, () => _stack.Logs, Cancellation);
        // Often enough that a message whose receipts were counted would have become poison.
        for (var time = 0; time < 12; time++)
        {
            (await LettersAsync()).ShouldBe(1);
        }

        (await _stack.Simulator.RecordedAsync(Cancellation)).ShouldBe(delivered);
        (await PostAsync("faults", """{"name":"throttle","on":false}""")).GetProperty("faults").GetArrayLength().ShouldBe(0);

        (await PostAsync("dead-letters/release", "{}")).GetProperty("count").GetInt32().ShouldBe(1);

        await Eventually.HoldsAsync(async () => await _stack.Simulator.RecordedAsync(Cancellation) > delivered, Eventually.Patience, () => _stack.Logs, Cancellation);
        // The letter is deleted after the batch that has sent its event round again, by which time the event may be recorded.
        await Eventually.HoldsAsync(async () => await LettersAsync() == 0, Eventually.Patience, () => _stack.Logs, Cancellation);
    }

    /// <summary>How much is recorded once nothing more comes.</summary>
    private async Task<int> SettledAsync()
    {
        var recorded = -1;
        await Eventually.HoldsAsync(
            async () =>
            {
                var before = recorded;
                recorded = await _stack.Simulator.RecordedAsync(Cancellation);
                return recorded == before && await SessionQueues.CountAsync(_stack.Queues, "conversation-events", Cancellation) == 0;
            },
            Eventually.Patience,
            () => _stack.Logs,
            Cancellation);
        return recorded;
    }

    private async Task<int> LettersAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>("dashboard/dead-letters", Cancellation)).GetProperty("letters").GetArrayLength();

    private async Task<JsonElement> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await _http.PostAsync($"dashboard/{path}", content, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    [GeneratedRegex("name=\"dashboard-token\" content=\"([0-9a-f]+)\"")]
    private static partial Regex Token();
}
