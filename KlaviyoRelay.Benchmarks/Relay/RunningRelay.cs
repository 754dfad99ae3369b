using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>A relay process, and Azurite beside it where it has its queue there.</summary>
internal sealed class RunningRelay : IAsyncDisposable
{
    private readonly RelayStack _stack = new();
    private ChildProcess? _process;

    private RunningRelay() => Client = new RelayClient(_stack.RelayAddress);

    public RelayClient Client { get; }

    public RelayStack Stack => _stack;

    /// <summary>On a queue in its own memory.</summary>
    public static async Task<RunningRelay> OnMemoryAsync(Surroundings surroundings, bool acceptsOnly, CancellationToken cancellationToken)
    {
        var relay = new RunningRelay();
        await relay.StartAsync(surroundings, cancellationToken, acceptsOnly ? [RelayProcess.Memory, "--accept-only"] : [RelayProcess.Memory]);
        return relay;
    }

    /// <summary>On Azurite, which runs; the relay does not yet.</summary>
    public static async Task<RunningRelay> WithAzuriteAsync(CancellationToken cancellationToken)
    {
        var relay = new RunningRelay();
        await relay._stack.StartAzuriteAsync(cancellationToken);
        return relay;
    }

    public Task StartOnAzuriteAsync(Surroundings surroundings, CancellationToken cancellationToken) => StartAsync(surroundings, cancellationToken, [RelayProcess.Azurite]);

    /// <summary>The settings that its process gets.</summary>
    public Dictionary<string, string> Settings(Uri farEnd)
    {
        var settings = BenchSettings.For(farEnd);
        settings["ASPNETCORE_URLS"] = _stack.Settings["ASPNETCORE_URLS"];
        settings["AzureWebJobsStorage"] = _stack.Settings["AzureWebJobsStorage"];
        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await _stack.DisposeAsync();
    }

    private async Task StartAsync(Surroundings surroundings, CancellationToken cancellationToken, params string[] arguments)
    {
        _process = surroundings.Start(Settings(surroundings.FarEnd.Apis), [RelayProcess.Verb, .. arguments]);
        await _process.WaitUntilAnsweringAsync(new Uri(_stack.RelayAddress, RelayProcess.CostPath), cancellationToken);
    }
}
