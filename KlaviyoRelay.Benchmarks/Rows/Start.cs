using System.Diagnostics;
using KlaviyoRelay.Benchmarks.Relay;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>The local host, from its process's start to the first 202, with its queue in an Azurite that runs.</summary>
internal sealed class Start(bool isReadyToRun) : Row
{
    public const string ReadyToRunName = "start-r2r";
    public const string JitName = "start-jit";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public override string Name => isReadyToRun ? ReadyToRunName : JitName;

    public override string What => $"process start to the first 202, {(isReadyToRun ? "ReadyToRun" : "without ReadyToRun")}";

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var relay = await RunningRelay.WithAzuriteAsync(cancellationToken);
        var program = isReadyToRun ? await surroundings.ReadyToRunHost.ProgramAsync(cancellationToken) : Repository.Program("KlaviyoRelay.Cli");
        var watch = Stopwatch.StartNew();
        await using var process = ChildProcess.Start(surroundings.Folder, relay.Settings(surroundings.FarEnd.Apis), "dotnet", program);
        await relay.Client.PostUntilAcceptedAsync(0, Longest, cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        return new Measurement(1, new Cost(seconds, process.ProcessorTime.TotalSeconds, AllocatedBytes: 0, process.PeakMemory()));
    }
}
