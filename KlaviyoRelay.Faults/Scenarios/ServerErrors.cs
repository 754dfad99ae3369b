using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Klaviyo fails now and then.</summary>
internal sealed class ServerErrors : Scenario
{
    public override string Name => "errors";

    public override string Fault => "every 50th answer 500";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["everyNth"] = 50, ["status"] = 500 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, Setting.NoBulk);

        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        var failed = (await run.Simulator.CountsAsync(cancellationToken)).Answered("klaviyo", "500");
        run.Measured($"{failed} times 500");
        run.Must(failed > 0, "No answer was 500.");
    }
}
