using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Records;

/// <summary>
/// The local host with one sync, Azurite, and the simulator with Klaviyo's windows: each a real process. The simulator counts
/// imports and forgets their profiles.
/// </summary>
internal sealed class RecordsStack : IAsyncDisposable
{
    private readonly RelayStack _stack = new();
    private readonly HttpClient _http;

    private RecordsStack() => _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _stack.RelayAddress, Timeout = Timeout.InfiniteTimeSpan };

    public SimulatorControl Simulator => _stack.Simulator;

    public static async Task<RecordsStack> StartAsync(IReadOnlyDictionary<string, string> sync, CancellationToken cancellationToken)
    {
        var stack = new RecordsStack();
        stack._stack.Settings[$"Secrets__{RowWorkload.SecretName}"] = RowWorkload.Secret;
        foreach (var (name, value) in sync)
        {
            stack._stack.Settings[$"Relay__Syncs__{RowWorkload.SyncName}__{name}"] = value;
        }

        await stack._stack.StartAsync(cancellationToken);
        await stack.Simulator.SettingsAsync(new JsonObject { ["limits"] = true, ["imports"] = new JsonObject { ["keep"] = "counts" } }, cancellationToken);
        return stack;
    }

    /// <summary>Works until a condition holds.</summary>
    /// <param name="work">Posts rows.</param>
    /// <param name="isDone">Asks the simulator whether all has come.</param>
    /// <param name="atMost">What is late by then is lost.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What the relay used meanwhile, and Azurite's CPU time.</returns>
    public async Task<(Cost Relay, double AzuriteSeconds)> MeasureAsync(Func<Task> work, Func<Task<bool>> isDone, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var (relay, azurite) = (_stack.Relay.ProcessorTime, _stack.Azurite.ProcessorTime);
        var watch = Stopwatch.StartNew();
        await work();
        await Eventually.WithinAsync(isDone, atMost, cancellationToken);
        var cost = new Cost(watch.Elapsed.TotalSeconds, (_stack.Relay.ProcessorTime - relay).TotalSeconds, AllocatedBytes: 0, _stack.Relay.PeakMemory());
        return (cost, (_stack.Azurite.ProcessorTime - azurite).TotalSeconds);
    }

    /// <summary>Posts a part of the one run, packed with gzip; it must be accepted.</summary>
    public async Task PostAsync(byte[] body, int part, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson"), ContentEncoding = { "gzip" } } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/records/{RowWorkload.SyncName}?run=bench&part={part}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RowWorkload.Secret);
        using var answer = await _http.SendAsync(request, cancellationToken);
        UnmetException.ThrowUnless(answer.StatusCode == HttpStatusCode.Accepted, () => $"Rows were answered {(int)answer.StatusCode}.\n{_stack.Logs}");
    }

    /// <summary>What has been imported.</summary>
    public async Task<ImportedRows> ImportedAsync(CancellationToken cancellationToken)
    {
        var all = (await Simulator.KlaviyoAsync("counts", body: null, cancellationToken))?.AsArray() ?? [];
        int Sum(string part, string name) => all.Sum(account => account?[part]?[name]?.GetValue<int>() ?? 0);
        return new ImportedRows(Sum("imports", "jobs"), Sum("imports", "rows"), Sum("counted", "profiles"));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stack.DisposeAsync();
    }
}

/// <summary>What the simulated Klaviyo has accepted in import jobs.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Rows">The profiles in them.</param>
/// <param name="Profiles">Different profiles.</param>
internal sealed record ImportedRows(int Jobs, int Rows, int Profiles);
