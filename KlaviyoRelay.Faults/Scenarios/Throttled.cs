using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Klaviyo asks for a second's pause again and again.</summary>
internal sealed class Throttled : Scenario
{
    public override string Name => "throttled";

    public override string Fault => "every 10th answer 429, Retry-After 1";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["everyNth"] = 10, ["status"] = 429, ["retryAfter"] = "1" }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, Setting.NoBulk);

        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        var refused = (await run.Simulator.CountsAsync(cancellationToken)).Answered("klaviyo", "429");
        run.Measured($"{refused} times 429");
        run.Must(refused > 0, "No answer was 429.");
    }
}
