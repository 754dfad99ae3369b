using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>Reads and sets the simulator's state.</summary>
internal sealed class SimulatorControl(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address, "_simulator/") };

    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync(CancellationToken cancellationToken)
    {
        using var state = JsonDocument.Parse(await _http.GetStringAsync("state", cancellationToken));
        return [.. state.RootElement.GetProperty("events").EnumerateArray().Select(RecordedEvent.Of)];
    }

    public async Task<long> RecordedAsync(CancellationToken cancellationToken)
    {
        using var state = JsonDocument.Parse(await _http.GetStringAsync("state?events=false", cancellationToken));
        return state.RootElement.GetProperty("sequence").GetInt64();
    }

    public Task SeedAsync(JsonArray customers, CancellationToken cancellationToken) => PostAsync("customers", customers, cancellationToken);

    /// <summary>What Gladly's <c>/api/v1/events</c> gives back.</summary>
    public Task RecordGladlyEventsAsync(JsonArray events, CancellationToken cancellationToken) => PostAsync("gladly-events", events, cancellationToken);

    /// <summary>How many requests for a path were answered.</summary>
    public async Task<long> RequestsAsync(string path, CancellationToken cancellationToken)
    {
        using var state = JsonDocument.Parse(await _http.GetStringAsync("state?events=false", cancellationToken));
        return state.RootElement.GetProperty("requestsByPath").EnumerateObject()
            .Where(one => one.Name.EndsWith(path, StringComparison.Ordinal))
            .Sum(one => one.Value.GetInt64());
    }

    public Task FaultAsync(JsonObject fault, CancellationToken cancellationToken) => PostAsync("faults", fault, cancellationToken);

    public async Task ClearFaultsAsync(CancellationToken cancellationToken) =>
        (await _http.DeleteAsync("faults", cancellationToken)).EnsureSuccessStatusCode();

    public async Task ResetAsync(CancellationToken cancellationToken) =>
        (await _http.PostAsync("reset", null, cancellationToken)).EnsureSuccessStatusCode();

    /// <summary>Waits until as many events are recorded; fails when more are.</summary>
    public async Task WaitForEventsAsync(int count, TimeSpan atMost, Func<string> otherwise, CancellationToken cancellationToken)
    {
        var recorded = 0L;
        await Eventually.HoldsAsync(
            async () => (recorded = await RecordedAsync(cancellationToken)) >= count,
            atMost,
            () => $"{recorded} of {count} events were recorded.\n{otherwise()}",
            cancellationToken);
        recorded.ShouldBe(count);
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(path, content, cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
