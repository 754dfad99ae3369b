using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Bulk jobs are throttled, fail, and are lost after Klaviyo took them.</summary>
internal sealed class BulkErrors : Scenario
{
    private const string Jobs = "/api/event-bulk-create-jobs";

    public override string Name => "bulk-errors";

    public override string Fault => "bulk jobs: some answered 429 or 500, some dropped after they were recorded";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        // The oldest fault that hits has the request.
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = Jobs, ["everyNth"] = 3, ["status"] = 429, ["retryAfter"] = "1" }, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = Jobs, ["everyNth"] = 4, ["status"] = 500 }, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = Jobs, ["everyNth"] = 2, ["drop"] = "after" }, cancellationToken);

        await load.SeedAsync(run.Simulator, cancellationToken);
        // Many small jobs.
        await run.StartRelayAsync(cancellationToken, ("Relay__Delivery__BulkThreshold", "1"));

        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        var counts = await run.Simulator.CountsAsync(cancellationToken);
        var jobs = counts.Routes.GetValueOrDefault($"POST /klaviyo{Jobs}");
        run.Measured($"{counts.Answered("klaviyo", "202")} of {jobs} jobs taken, {counts.Repeats} repeats dropped by Klaviyo");
        run.Must(jobs > counts.Answered("klaviyo", "202"), "No job went wrong.");
    }
}
