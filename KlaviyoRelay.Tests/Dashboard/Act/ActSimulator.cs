using System.Net.Http.Headers;
using System.Text.Json;
using KlaviyoRelay.Simulator;
using Microsoft.AspNetCore.Builder;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>The simulator in this process, on a free port, with the settings of a relay whose Klaviyo and helpdesks it is.</summary>
internal sealed class ActSimulator(params string[] args) : IAsyncDisposable
{
    private readonly WebApplication _app = SimulatorApp.Build(["--urls", "http://127.0.0.1:0", .. args]);
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Uri Address => new(_app.Urls.First());

    public (string Name, string? Value)[] Settings =>
    [
        .. TestSettings.SecondAccount,
        ("Klaviyo__BaseAddress", $"{Address}klaviyo"),
        ("Relay__Connections__gladly__Gladly__BaseAddress", $"{Address}gladly"),
        ("Relay__Connections__other__Gladly__BaseAddress", $"{Address}gladly"),
        ("Relay__Connections__kustomer__Kustomer__BaseAddress", $"{Address}kustomer"),
    ];

    public static async Task<ActSimulator> StartAsync(params string[] args)
    {
        var simulator = new ActSimulator(args);
        await simulator._app.StartAsync(Cancellation);
        return simulator;
    }

    /// <summary>The control API.</summary>
    public async Task<JsonElement> ControlAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, $"_simulator/{path}"));
        request.Content = json is null ? null : new StringContent(json);
        using var answer = await _http.SendAsync(request, Cancellation);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
    }

    /// <summary>What Klaviyo answers to an event of an account; 0 when it cuts the connection.</summary>
    public async Task<int> EventAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "klaviyo/api/events"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Klaviyo-API-Key {key}");
        request.Headers.Add("revision", "2026-07-15");
        request.Content = new StringContent(
            """{"data":{"type":"event","attributes":{"properties":{},"metric":{"data":{"type":"metric","attributes":{"name":"Test"}}},"profile":{"data":{"type":"profile","attributes":{"email":"ann@klaviyo-demo.com"}}}}}}""",
            new MediaTypeHeaderValue("application/vnd.api+json"));
        try
        {
            using var answer = await _http.SendAsync(request, Cancellation);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>What the relay would hear about a conversation of Gladly.</summary>
    public async Task<string> GladlyStatusAsync(string conversation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, $"gladly/api/v1/conversations/{conversation}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("agent@acme.test:token"u8));
        using var answer = await _http.SendAsync(request, Cancellation);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("status").GetString() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
