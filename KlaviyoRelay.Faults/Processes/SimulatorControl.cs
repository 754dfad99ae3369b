using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Reads and sets the simulator's state.</summary>
internal sealed class SimulatorControl(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address, "_simulator/") };

    public Uri Address { get; } = address;

    /// <summary>What was recorded.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <param name="after">Leaves out as many events from the beginning.</param>
    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync(CancellationToken cancellationToken, int after = 0)
    {
        using var state = await GetAsync($"state?profiles=false&after={after}", cancellationToken);
        return [.. state.RootElement.GetProperty("events").EnumerateArray().Select(RecordedEvent.Of)];
    }

    /// <summary>How much was recorded, asked and answered.</summary>
    public async Task<SimulatorCounts> CountsAsync(CancellationToken cancellationToken)
    {
        using var state = await GetAsync("state?events=false&profiles=false", cancellationToken);
        return SimulatorCounts.Of(state.RootElement);
    }

    /// <summary>The properties of every profile, by its email.</summary>
    public async Task<IReadOnlyDictionary<string, JsonObject>> ProfilesAsync(CancellationToken cancellationToken)
    {
        using var state = await GetAsync("state?events=false", cancellationToken);
        return state.RootElement.GetProperty("profiles").EnumerateArray().ToDictionary(
            profile => profile.GetProperty("email").GetString() ?? "",
            profile => JsonObject.Create(profile.GetProperty("properties").Clone()) ?? [],
            StringComparer.OrdinalIgnoreCase);
    }

    public async Task<int> RecordedAsync(CancellationToken cancellationToken) => (await CountsAsync(cancellationToken)).Recorded;

    public Task SeedAsync(JsonArray customers, CancellationToken cancellationToken) => PostAsync("customers", customers, cancellationToken);

    public Task SeedConversationsAsync(JsonArray conversations, CancellationToken cancellationToken) => PostAsync("conversations", conversations, cancellationToken);

    /// <summary>What Gladly's <c>/api/v1/events</c> gives back.</summary>
    public Task RecordGladlyEventsAsync(JsonArray events, CancellationToken cancellationToken) => PostAsync("gladly-events", events, cancellationToken);

    /// <summary>How many requests for a path were answered.</summary>
    public async Task<int> RequestsAsync(string path, CancellationToken cancellationToken) =>
        (await CountsAsync(cancellationToken)).Routes.Where(one => one.Key.EndsWith(path, StringComparison.Ordinal)).Sum(one => one.Value);

    public Task FaultAsync(JsonObject fault, CancellationToken cancellationToken) => PostAsync("faults", fault, cancellationToken);

    public Task KeyAsync(JsonObject key, CancellationToken cancellationToken) => PostAsync("keys", key, cancellationToken);

    public Task SettingsAsync(JsonObject settings, CancellationToken cancellationToken) => PostAsync("settings", settings, cancellationToken);

    /// <summary>Adds to what the simulated Klaviyo has: <c>lists</c>, <c>profiles</c> or <c>flows</c>. Without a body, what it has.</summary>
    public async Task<JsonNode?> KlaviyoAsync(string what, JsonNode? body, CancellationToken cancellationToken)
    {
        if (body is not null)
        {
            await PostAsync($"klaviyo/{what}", body, cancellationToken);
        }

        using var answer = await GetAsync($"klaviyo/{what}", cancellationToken);
        return JsonNode.Parse(answer.RootElement.GetRawText());
    }

    /// <summary>Adds to what the simulated Klaviyo has.</summary>
    public Task AddAsync(string what, JsonArray things, CancellationToken cancellationToken) => PostAsync($"klaviyo/{what}", things, cancellationToken);

    /// <summary>The webhook of the last change of a Kustomer customer.</summary>
    public Task<string> CustomerWebhookAsync(string customer, CancellationToken cancellationToken) => _http.GetStringAsync($"customers/{customer}/webhook", cancellationToken);

    /// <summary>Adds flows that a list or a metric starts.</summary>
    public Task FlowsAsync(JsonNode flows, CancellationToken cancellationToken) => PostAsync("klaviyo/flows", flows, cancellationToken);

    /// <summary>Has the card's command answered with these instead of by the relay.</summary>
    public Task CardAnswersAsync(JsonArray answers, CancellationToken cancellationToken) => PostAsync("card-answers", answers, cancellationToken);

    /// <summary>Lets go of the card's answers that are held.</summary>
    public Task ReleaseCardAnswersAsync(CancellationToken cancellationToken) => PostAsync("card-answers/release", new JsonArray(), cancellationToken);

    /// <summary>Adds campaigns.</summary>
    public Task CampaignsAsync(JsonNode campaigns, CancellationToken cancellationToken) => PostAsync("klaviyo/campaigns", campaigns, cancellationToken);

    public async Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync("faults", cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsync("reset", null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until as many events are recorded; fails when more are.</summary>
    public async Task WaitForEventsAsync(int count, TimeSpan atMost, Func<string> otherwise, CancellationToken cancellationToken)
    {
        var recorded = 0;
        await Eventually.HoldsAsync(
            async () => (recorded = await RecordedAsync(cancellationToken)) >= count,
            atMost,
            () => $"{recorded} of {count} events were recorded.\n{otherwise()}",
            cancellationToken);
        UnmetException.ThrowUnless(recorded == count, () => $"{recorded} events were recorded, and {count} should have been.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = await _http.GetStreamAsync(path, cancellationToken);
        return await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
    }

    private async Task PostAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(path, content, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        UnmetException.ThrowUnless(response.IsSuccessStatusCode, () => $"The simulator refused {path}: {answer}");
    }
}
