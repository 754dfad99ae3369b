using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>What stands before Klaviyo answers in its place for a while: a firewall, a proxy, a login page.</summary>
internal sealed class EdgePages : Scenario
{
    private const int Each = 15;

    private static readonly JsonObject[] Pages =
    [
        new() { ["status"] = 403, ["contentType"] = "text/plain", ["body"] = "error code: 1020" },
        new() { ["status"] = 400, ["contentType"] = "text/html" },
        new() { ["status"] = 302, ["contentType"] = "text/plain", ["body"] = "Found" },
        new() { ["status"] = 200, ["contentType"] = "text/html" },
        new() { ["status"] = 202, ["contentType"] = "text/html" },
        new() { ["status"] = 401, ["contentType"] = "text/html" },
    ];

    public override string Name => "edge-pages";

    public override string Fault => $"{Each} answers each are 403 as text, 400, 401, 200 and 202 as HTML, and 302";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        foreach (var page in Pages)
        {
            var fault = page.DeepClone().AsObject();
            fault["target"] = "klaviyo";
            fault["next"] = Each;
            await run.Simulator.FaultAsync(fault, cancellationToken);
        }

        await run.StartRelayAsync(cancellationToken, Setting.NoBulk);
        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        run.Measured($"{Pages.Length * Each} pages");
        run.Must(await run.Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken) == 0, $"Something is in {QueueNames.DeadLetterRejected}.");
    }
}
