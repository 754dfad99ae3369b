using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>Azurite, the simulator and the relay as real processes on free ports, each configured by its environment alone.</summary>
public sealed class RelayStack : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relay-test-");
    private readonly Uri _queues = Address();
    private readonly Uri _blobs = Address();
    private readonly Uri _simulator = Address();
    private readonly List<ChildProcess> _processes = [];
    private ChildProcess? _relay;
    private ChildProcess? _azurite;

    public RelayStack()
    {
        Settings = RelaySettings.For(RelayAddress, _simulator, _queues, _blobs);
        Simulator = new SimulatorControl(_simulator);
        Webhooks = new WebhookSender(RelayAddress);
        Queues = new AzuriteQueueClient(new HttpClient(), Storage, TimeProvider.System);
    }

    internal Uri RelayAddress { get; } = Address();

    /// <summary>The relay's environment; changes count from its next start on.</summary>
    internal Dictionary<string, string> Settings { get; }

    internal ChildProcess Relay => _relay ?? throw new InvalidOperationException("The relay has not been started.");

    internal ChildProcess Azurite => _azurite ?? throw new InvalidOperationException("Azurite has not been started.");

    internal SimulatorControl Simulator { get; }

    internal WebhookSender Webhooks { get; }

    internal AzuriteQueueClient Queues { get; }

    internal StorageAccount Storage =>
        StorageAccount.Parse(Settings[StorageAccount.Setting]) ?? throw new InvalidOperationException("The connection string is wrong.");

    /// <summary>Everything that the processes have written.</summary>
    internal string Logs => string.Join('\n', _processes.Select(process => process.Output));

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await StartAzuriteAsync();
        var simulator = Add(ChildProcess.Start(
            _folder.FullName, new Dictionary<string, string> { ["ASPNETCORE_URLS"] = _simulator.AbsoluteUri }, "dotnet", Repository.Program("KlaviyoRelay.Simulator")));
        await simulator.WaitUntilAnsweringAsync(new Uri(_simulator, "_simulator/health"), cancellationToken);
        await StartRelayAsync();
    }

    /// <summary>Starts Azurite, for the first time or after it was stopped; its queues and blobs are on disk.</summary>
    internal async Task StartAzuriteAsync()
    {
        _azurite = Add(ChildProcess.Start(
            _folder.FullName,
            new Dictionary<string, string>(),
            [Repository.Azurite, "--silent", "--queuePort", $"{_queues.Port}", "--blobPort", $"{_blobs.Port}", "--tablePort", "0", "--location", _folder.FullName, "--skipApiVersionCheck", "--disableTelemetry"]));
        await _azurite.WaitUntilAnsweringAsync(_queues, TestContext.Current.CancellationToken);
        await _azurite.WaitUntilAnsweringAsync(_blobs, TestContext.Current.CancellationToken);
    }

    /// <summary>Starts the relay, for the first time or after it was stopped.</summary>
    internal async Task StartRelayAsync()
    {
        _relay = Add(ChildProcess.Start(_folder.FullName, Settings, "dotnet", Repository.Program("KlaviyoRelay.LocalHost")));
        await _relay.WaitUntilAnsweringAsync(new Uri(RelayAddress, "api/health"), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        Simulator.Dispose();
        Webhooks.Dispose();
        _folder.Delete(recursive: true);
    }

    private ChildProcess Add(ChildProcess process)
    {
        _processes.Add(process);
        return process;
    }

    private static Uri Address() => new($"http://127.0.0.1:{Repository.FreePort()}/");
}
