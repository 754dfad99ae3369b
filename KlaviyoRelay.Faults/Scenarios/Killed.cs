using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The relay is killed again and again, while it takes webhooks in and while it delivers.</summary>
internal sealed class Killed : Scenario
{
    private const int Kills = 5;
    private const int Seed = 20_260_115;

    public override string Name => "killed";

    public override string Fault => "relay killed (SIGKILL) 5 times at random moments";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        // Slow enough to be met in the middle.
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["delayMs"] = 1000 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, RelaySettings.ShortLock);

        var posting = run.PostAsync(load, cancellationToken);
        var inTheMiddle = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(100, 3000), cancellationToken);
            await run.Stack.Relay.KillAsync();
            inTheMiddle += await run.Simulator.RecordedAsync(cancellationToken) < load.Expected.Count ? 1 : 0;
            await run.StartRelayAsync(cancellationToken);
        }

        await posting;
        await run.SettleAsync(cancellationToken);
        run.Measured($"{inTheMiddle} kills before the end");
        run.Must(inTheMiddle > 0, "Everything was recorded before the first kill.");
    }
}
