using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KlaviyoRelay.Simulator;
using Microsoft.AspNetCore.Builder;

namespace KlaviyoRelay.Tests.Simulator;

/// <summary>A simulator of its own for each test, on a free port, with a clock that stands still.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected const string Key = "pk_test_1234567890";

    private readonly WebApplication _app;

    private protected SimulatorTest(params string[] args) => _app = SimulatorApp.Build(["--urls", "http://127.0.0.1:0", .. args], Clock);

    private protected SimulatorClock Clock { get; } = new();

    protected HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    protected Uri Address => new(_app.Urls.First());

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Http.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends with what Klaviyo requires; <paramref name="change"/> may take some of it away.</summary>
    protected async Task<SimulatorAnswer> KlaviyoAsync(
        HttpMethod method, string path, JsonNode? body = null, string key = Key, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, $"/klaviyo{path}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Klaviyo-API-Key {key}");
        request.Headers.Add("revision", "2026-07-15");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/vnd.api+json"));
        }

        change?.Invoke(request);
        return await SendAsync(request);
    }

    protected Task<SimulatorAnswer> PostEventAsync(JsonNode body, string key = Key) =>
        KlaviyoAsync(HttpMethod.Post, "/api/events", body, key);

    protected Task<SimulatorAnswer> PostBulkAsync(JsonNode body) =>
        KlaviyoAsync(HttpMethod.Post, "/api/event-bulk-create-jobs", body);

    protected Task<SimulatorAnswer> GladlyAsync(string path, string token = "gladly-token")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/gladly{path}");
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"relay@acme.gladly.test:{token}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return SendAsync(request);
    }

    protected Task<SimulatorAnswer> KustomerAsync(string path, string key = "kustomer-key")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/kustomer{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return SendAsync(request);
    }

    protected Task<SimulatorAnswer> ControlAsync(HttpMethod method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(method, $"/_simulator{path}");
        if (body is not null)
        {
            request.Content = new StringContent(body);
        }

        return SendAsync(request);
    }

    protected async Task<JsonNode> FaultAsync(string fault)
    {
        var answer = await ControlAsync(HttpMethod.Post, "/faults", fault);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }

    protected async Task<JsonNode> StateAsync(string query = "") => (await ControlAsync(HttpMethod.Get, $"/state{query}")).Json;

    protected async Task<int> RecordedAsync() => (int)((await StateAsync())["sequence"] ?? -1);

    protected async Task<SimulatorAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new SimulatorAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Content.Headers.ContentType?.ToString(),
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }
}
