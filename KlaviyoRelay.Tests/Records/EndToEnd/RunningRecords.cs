using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Records.EndToEnd;

/// <summary>The real processes with four syncs. Each body is posted once, and its run followed to its end.</summary>
public sealed class RunningRecords : IAsyncLifetime
{
    public const string Secret = "rows-secret-value";

    private readonly RelayStack _stack = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    internal SimulatorControl Simulator => _stack.Simulator;

    internal RelayStack Stack => _stack;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Add("leads", ("Object", "profiles"), ("Fields__Email", "email"), ("Fields__PhoneNumber", "phone"), ("ProfileProperties", "points"));
        Add("vip", ("Object", "lists"), ("List", "L1"), ("Fields__Email", "email"));
        Add("left", ("Object", "lists"), ("Behaviour", "delete"), ("List", "L2"), ("Fields__Email", "email"));
        Add("orders", ("Object", "events"), ("Key", "order"), ("Fields__Email", "email"), ("Event__Name", "Placed Order"), ("Event__TimeColumn", "at"));
        Add("known", ("Object", "profiles"), ("Fields__Email", "email"), ("CreateProfiles", "false"));
        _stack.Settings["Relay__Connections__kustomer__Kustomer__CustomerFields"] = "email,phone,name";
        _stack.Settings["Relay__Connections__kustomer__Kustomer__CustomerProperties"] = "loyaltyTierStr=Loyalty tier";
        _stack.Settings["Secrets__conversationRecordKey"] = "0123456789abcdef0123456789abcdef";
        _stack.Settings["Relay__DeadLetters__Hold"] = "00:00:01";
        _stack.Settings[RelaySettings.ShortLock.Setting] = RelaySettings.ShortLock.Value;
        await _stack.StartAsync(Cancellation);
        _http.BaseAddress = _stack.RelayAddress;
        await Simulator.SettingsAsync(new() { ["imports"] = new System.Text.Json.Nodes.JsonObject { ["queuedMs"] = 0, ["failing"] = "failing-" } }, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stack.DisposeAsync();
    }

    public async Task<HttpResponseMessage> PostAsync(string sync, HttpContent content, string? secret = Secret, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/records/{sync}") { Content = content };
        request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        request.Headers.Add("Idempotency-Key", key is null ? [] : [key]);
        return await _http.SendAsync(request, Cancellation);
    }

    /// <summary>Posts rows and waits until their run has ended; its report.</summary>
    public async Task<JsonElement> RunAsync(string sync, HttpContent content, Func<Task>? meanwhile = null)
    {
        using var answer = await PostAsync(sync, content);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Cancellation));
        var address = answer.Headers.Location.ShouldNotBeNull().OriginalString;
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        var report = "";
        await Eventually.HoldsAsync(
            async () => (report = await GetAsync(address)).Contains("\"status\":\"Ended\"", StringComparison.Ordinal), Eventually.Patience, () => $"{report}\n{_stack.Logs}", Cancellation);
        using var json = JsonDocument.Parse(report);
        return json.RootElement.Clone();
    }

    public async Task<string> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        using var answer = await _http.SendAsync(request, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    public static HttpContent Csv(string text) => new StringContent(text, Encoding.UTF8, "text/csv");

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");

    private void Add(string sync, params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings.Append(("Account", "main")).Append(("Secret", "rows")))
        {
            _stack.Settings[$"Relay__Syncs__{sync}__{name}"] = value;
        }

        _stack.Settings["Secrets__rows"] = Secret;
    }
}
