using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The relay is killed again and again, while rows are taken in, cut into chunks, sent and followed.</summary>
internal sealed class RowsKilled : Scenario
{
    private const int Kills = 5;
    private const int Seed = 20_260_116;

    public override string Name => "rows-killed";

    public override string Fault => "relay killed (SIGKILL) 5 times at random moments of two runs";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        await run.Simulator.SettingsAsync(new JsonObject { ["imports"] = new JsonObject { ["failing"] = "failing" } }, cancellationToken);
        // Slow enough to be met in the middle.
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["delayMs"] = 1000 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, RelaySettings.ShortLock);

        var people = RowSender.PeopleCsv(run.Size.Rows, prefix: number => number % 1000 == 0 ? "failing" : "person");
        var runs = Task.WhenAll(
            RunAsync(RowSender.People, people),
            RunAsync(RowSender.Orders, RowSender.OrdersJson(run.Size.Rows)));
        var inTheMiddle = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(100, 3000), cancellationToken);
            await run.Stack.Relay.KillAsync();
            inTheMiddle += runs.IsCompleted ? 0 : 1;
            await run.StartRelayAsync(cancellationToken);
        }

        var ended = await runs;
        run.Measured($"{inTheMiddle} kills before the end");
        run.Must(inTheMiddle > 0, "Both runs had ended before the first kill.");
        run.Must(ended[0].Rejected == run.Size.Rows / 1000, $"{ended[0].Rejected} of {run.Size.Rows / 1000} bad rows were rejected.");

        async Task<RowCounts> RunAsync(string sync, string body) =>
            await run.Rows.EndAsync(await run.Rows.PostAsync(sync, body, run.Size.Rows, cancellationToken), run.Size.Patience, cancellationToken);
    }
}
