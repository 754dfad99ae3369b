using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Klaviyo is slow, and some of its answers never arrive although it has recorded what they were about.</summary>
internal sealed class SlowAndDropped : Scenario
{
    public override string Name => "slow";

    public override string Fault => "answers take 5 s; the first and then every 3rd connection dropped after the request was recorded";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        // The first too: in large batches a short load is two or three requests.
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["next"] = 1, ["delayMs"] = 5000, ["drop"] = "after" }, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["everyNth"] = 3, ["delayMs"] = 5000, ["drop"] = "after" }, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["delayMs"] = 5000 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken);

        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        var counts = await run.Simulator.CountsAsync(cancellationToken);
        run.Measured($"{counts.Answered("klaviyo", "dropped")} dropped, {counts.Repeats} repeats dropped by Klaviyo");
        run.Must(counts.Repeats > 0, "No event was sent again after Klaviyo had recorded it.");
    }
}
