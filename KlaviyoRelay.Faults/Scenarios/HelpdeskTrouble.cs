using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The helpdesks' APIs are down, then slow, then throttle; Gladly's own limit holds all the time.</summary>
internal sealed class HelpdeskTrouble : Scenario
{
    private const int GladlyLimit = 10;

    public override string Name => "helpdesk";

    public override string Fault => "helpdesk APIs down, then slow, then every 5th answer 429; Gladly takes 10 requests/s";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        // A look-up for each, at 10 a second: a fifth of the others' load takes long enough.
        var load = ConversationLoad.Of(Math.Max(20, run.Size.Conversations / 5));
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.Simulator.SettingsAsync(new JsonObject { ["gladlyLimit"] = true }, cancellationToken);
        await BreakAsync(run, () => new JsonObject { ["status"] = 503 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, ("Relay__Connections__gladly__Gladly__RequestsPerSecond", $"{GladlyLimit}"));

        await run.PostAsync(load, cancellationToken);
        await Task.Delay(run.Size.Outage, cancellationToken);
        await BreakAsync(run, () => new JsonObject { ["delayMs"] = 2000 }, cancellationToken);
        await Task.Delay(run.Size.Outage, cancellationToken);
        await BreakAsync(run, () => new JsonObject { ["status"] = 429, ["everyNth"] = 5 }, cancellationToken);
        await run.SettleAsync(cancellationToken);

        var busiest = (await run.Simulator.CountsAsync(cancellationToken)).Busiest["gladly"];
        run.Measured($"at most {busiest} requests/s to Gladly");
        run.Must(busiest <= GladlyLimit, $"Gladly got {busiest} requests in one second.");
    }

    private static async Task BreakAsync(FaultRun run, Func<JsonObject> fault, CancellationToken cancellationToken)
    {
        await run.Simulator.ClearFaultsAsync(cancellationToken);
        foreach (var helpdesk in (string[])["gladly", "kustomer"])
        {
            var one = fault();
            one["target"] = helpdesk;
            await run.Simulator.FaultAsync(one, cancellationToken);
        }
    }
}
