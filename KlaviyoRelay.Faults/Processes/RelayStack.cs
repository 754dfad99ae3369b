using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Azurite, the simulator and the relay as real processes on free ports, each configured by its environment alone.</summary>
internal sealed class RelayStack : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relay-test-");
    private readonly Uri _blobs = Address();
    private readonly Uri _tables = Address();
    private readonly Uri _simulator = Address();
    private readonly List<ChildProcess> _processes = [];
    private readonly List<ChildProcess> _relays = [];
    private ChildProcess? _azurite;

    public RelayStack()
    {
        Settings = RelaySettings.For(RelayAddress, _simulator, QueuesAddress, _blobs, _tables);
        Simulator = new SimulatorControl(_simulator);
        Webhooks = new WebhookSender(RelayAddress);
        Queues = new AzuriteQueueClient(AzuriteStorage.Queues(Settings[AzuriteStorage.Setting]), TimeProvider.System);
    }

    public Uri RelayAddress { get; } = Address();

    public Uri SimulatorAddress => _simulator;

    public Uri BlobsAddress => _blobs;

    public Uri QueuesAddress { get; } = Address();

    /// <summary>The relay's working directory: a local.settings.json in it is read.</summary>
    public string Folder => _folder.FullName;

    /// <summary>What is started as the relay.</summary>
    public IReadOnlyList<string> RelayProgram { get; set; } = ["dotnet", Repository.Program("KlaviyoRelay.Cli")];

    /// <summary>The relay's environment; changes count from its next start on.</summary>
    public Dictionary<string, string> Settings { get; }

    public ChildProcess Relay => _relays.Count > 0 ? _relays[^1] : throw new UnmetException("The relay has not been started.");

    /// <summary>Every relay process so far, the running one last.</summary>
    public IReadOnlyList<ChildProcess> Relays => _relays;

    public ChildProcess Azurite => _azurite ?? throw new UnmetException("Azurite has not been started.");

    public SimulatorControl Simulator { get; }

    public WebhookSender Webhooks { get; }

    public AzuriteQueueClient Queues { get; }

    /// <summary>Everything that the processes have written.</summary>
    public string Logs => string.Join('\n', _processes.Select(process => process.Output));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await StartSurroundingsAsync(cancellationToken);
        await StartRelayAsync(cancellationToken);
    }

    /// <summary>Starts all but the relay.</summary>
    public async Task StartSurroundingsAsync(CancellationToken cancellationToken)
    {
        await StartAzuriteAsync(cancellationToken);
        var simulator = Add(ChildProcess.Start(
            Folder, RelaySettings.OfSimulator(RelayAddress, _simulator), "dotnet", Repository.Program("KlaviyoRelay.Simulator")));
        await simulator.WaitUntilAnsweringAsync(new Uri(_simulator, "_simulator/health"), cancellationToken);
    }

    /// <summary>Starts Azurite, for the first time or after it was stopped; its queues, blobs and tables are on disk.</summary>
    public async Task StartAzuriteAsync(CancellationToken cancellationToken)
    {
        _azurite = Add(ChildProcess.Start(
            Folder,
            new Dictionary<string, string>(),
            [Repository.Azurite, "--silent", "--queuePort", $"{QueuesAddress.Port}", "--blobPort", $"{_blobs.Port}", "--tablePort", $"{_tables.Port}", "--location", Folder, "--skipApiVersionCheck", "--disableTelemetry"]));
        await _azurite.WaitUntilAnsweringAsync(QueuesAddress, cancellationToken);
        await _azurite.WaitUntilAnsweringAsync(_blobs, cancellationToken);
        await _azurite.WaitUntilAnsweringAsync(_tables, cancellationToken);
    }

    /// <summary>Starts the relay, for the first time or after it was stopped.</summary>
    public async Task StartRelayAsync(CancellationToken cancellationToken)
    {
        var relay = Add(ChildProcess.Start(Folder, Settings, [.. RelayProgram]));
        _relays.Add(relay);
        await relay.WaitUntilAnsweringAsync(new Uri(RelayAddress, "api/health"), cancellationToken);
    }

    /// <summary>Starts one more relay beside the one that works on the queues: it answers HTTP alone. Its address.</summary>
    public async Task<Uri> StartBesideAsync(CancellationToken cancellationToken)
    {
        var address = Address();
        var settings = new Dictionary<string, string>(Settings)
        {
            ["ASPNETCORE_URLS"] = address.AbsoluteUri,
            ["AzureWebJobs.RelayConversationEvents.Disabled"] = "true",
            ["AzureWebJobs.RelayRecords.Disabled"] = "true",
            ["AzureWebJobs.ReleaseThrottled.Disabled"] = "true",
        };
        var relay = Add(ChildProcess.Start(Folder, settings, [.. RelayProgram]));
        await relay.WaitUntilAnsweringAsync(new Uri(address, "api/health"), cancellationToken);
        return address;
    }

    /// <summary>Starts the relay's command line with the relay's settings.</summary>
    public ChildProcess StartCommand(params string[] command) =>
        Add(ChildProcess.Start(Folder, Settings, ["dotnet", Repository.Program("KlaviyoRelay.Cli"), .. command]));

    /// <summary>Has the relay and its command line reach the queues at another address.</summary>
    public void ReachQueuesAt(Uri address) => Reach(QueuesAddress, address);

    /// <summary>Has the relay reach the blobs at another address.</summary>
    public void ReachBlobsAt(Uri address) => Reach(BlobsAddress, address);

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

    private void Reach(Uri service, Uri address) =>
        Settings[AzuriteStorage.Setting] = Settings[AzuriteStorage.Setting].Replace(service.AbsoluteUri, address.AbsoluteUri, StringComparison.Ordinal);

    private ChildProcess Add(ChildProcess process)
    {
        _processes.Add(process);
        return process;
    }

    private static Uri Address() => new($"http://127.0.0.1:{Repository.FreePort()}/");
}
