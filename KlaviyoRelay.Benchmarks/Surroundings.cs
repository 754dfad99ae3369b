using KlaviyoRelay.Benchmarks.FarEnd;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks;

/// <summary>What all rows share: the far end as a process of its own, and an empty folder to run in.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    public const string FarEndVerb = "far-end";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relay-bench-");
    private readonly ChildProcess _farEnd;

    private Surroundings()
    {
        ReadyToRunHost = new ReadyToRunHost(Folder);
        Counts = new FarEndClient(FarEnd);
        _farEnd = Start(FarEndVerb, $"{FarEnd.Apis}", $"{FarEnd.Counts}");
    }

    public FarEndAddress FarEnd { get; } = new(Address(), Address());

    public FarEndClient Counts { get; }

    public ReadyToRunHost ReadyToRunHost { get; }

    public string Folder => _folder.FullName;

    public static async Task<Surroundings> StartAsync(CancellationToken cancellationToken)
    {
        var surroundings = new Surroundings();
        await surroundings._farEnd.WaitUntilAnsweringAsync(surroundings.FarEnd.Apis, cancellationToken);
        return surroundings;
    }

    /// <summary>Starts this program again, with these arguments.</summary>
    public ChildProcess Start(params string[] arguments) => Start([], arguments);

    public ChildProcess Start(Dictionary<string, string> settings, params string[] arguments) =>
        ChildProcess.Start(Folder, settings, ["dotnet", Repository.Program("KlaviyoRelay.Benchmarks"), .. arguments]);

    public static Uri Address() => new($"http://127.0.0.1:{Repository.FreePort()}/");

    public async ValueTask DisposeAsync()
    {
        Counts.Dispose();
        await _farEnd.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
