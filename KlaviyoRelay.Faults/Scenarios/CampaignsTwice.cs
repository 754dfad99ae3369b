using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Each step of a campaign loses its answer once, and each is met once by a kill, while the caller repeats.</summary>
internal sealed class CampaignsTwice : Scenario
{
    private static readonly (string Name, string Method, string Path)[] Steps =
    [
        ("template", "POST", "/api/templates"),
        ("create", "POST", "/api/campaigns"),
        ("assign", "POST", "/api/campaign-message-assign-template"),
        ("send", "POST", "/api/campaign-send-jobs"),
        ("cancel", "PATCH", "/api/campaign-send-jobs"),
    ];

    public override string Name => "campaigns";

    public override string Fault => "the answers of template, create, assign, send and cancel lost once each, with and without their being carried out; relay killed (SIGKILL) once in each; the caller repeats";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        await run.Simulator.KlaviyoAsync("lists", new JsonArray(new JsonObject { ["key"] = RelaySettings.KlaviyoKey, ["id"] = "L1", ["name"] = "Newsletter" }), cancellationToken);
        await run.StartRelayAsync(cancellationToken, ("Relay__Accounts__main__CampaignsEnabled", "true"), ("Relay__Campaigns__Doubt", "00:00:02"));
        using var caller = new CampaignCaller(run.Stack.RelayAddress);
        var sendAt = TimeProvider.System.GetUtcNow().AddDays(1);
        var made = new List<(string Name, string Id, bool IsCancelled)>();
        foreach (var step in Steps)
        {
            // The short form takes the slow faults at the two requests that matter most.
            var isWhole = run.Size.IsFull || step.Name is "create" or "send";
            foreach (var fault in isWhole ? new[] { "lost-after", "lost-before", "killed" } : ["lost-after"])
            {
                var name = $"{step.Name} {fault}";
                var isCancelled = step.Name == "cancel";
                var call = CallOf(caller, name, sendAt, isCancelled, run.Size.Patience, cancellationToken);
                made.Add((name, await BreakAsync(run, step, fault, call, cancellationToken), isCancelled));
            }
        }

        await CompareAsync(run, made, cancellationToken);
    }

    private static Func<Task<string>> CallOf(CampaignCaller caller, string name, DateTimeOffset sendAt, bool isCancelled, TimeSpan patience, CancellationToken cancellationToken) => async () =>
    {
        var id = await caller.MakeAsync(name, sendAt, patience, cancellationToken);
        await caller.BringAsync(id, "schedule", patience, cancellationToken);
        if (isCancelled)
        {
            await caller.BringAsync(id, "cancel", patience, cancellationToken);
        }

        return id;
    };

    private static async Task<string> BreakAsync(FaultRun run, (string Name, string Method, string Path) step, string fault, Func<Task<string>> call, CancellationToken cancellationToken)
    {
        var rule = new JsonObject { ["target"] = "klaviyo", ["method"] = step.Method, ["path"] = step.Path, ["next"] = 1 };
        if (fault != "killed")
        {
            rule["drop"] = fault == "lost-after" ? "after" : "before";
            await run.Simulator.FaultAsync(rule, cancellationToken);
            return await call();
        }

        // Slow enough to be met in the middle.
        rule["delayMs"] = 4000;
        await run.Simulator.FaultAsync(rule, cancellationToken);
        var route = step.Method == "PATCH" ? step.Path + "/{id}" : step.Path;
        var before = await run.Simulator.RequestsAsync(route, cancellationToken);
        var calls = call();
        await Eventually.HoldsAsync(
            async () => await run.Simulator.RequestsAsync(route, cancellationToken) > before, run.Size.Patience, () => $"Nothing was sent to {step.Path}.", cancellationToken);
        await run.Stack.Relay.KillAsync();
        await run.StartRelayAsync(cancellationToken);
        return await calls;
    }

    private static async Task CompareAsync(FaultRun run, List<(string Name, string Id, bool IsCancelled)> made, CancellationToken cancellationToken)
    {
        var campaigns = (await run.Simulator.KlaviyoAsync("campaigns", body: null, cancellationToken) as JsonArray ?? []).OfType<JsonNode>().ToList();
        run.Measured($"{made.Count} campaigns made");
        run.Must(campaigns.Count == made.Count, $"Klaviyo has {campaigns.Count} campaigns, and {made.Count} were asked for.");
        run.Must(campaigns.TrueForAll(campaign => campaign["sends"]?.GetValue<int>() <= 1), "A campaign was sent twice.");
        foreach (var (name, id, isCancelled) in made)
        {
            var campaign = campaigns.Find(one => one["id"]?.GetValue<string>() == id);
            var expected = isCancelled ? "Cancelled" : "Scheduled";
            run.Must(campaign?["status"]?.GetValue<string>() == expected, $"'{name}' is {campaign?["status"]} and not {expected}.");
            run.Must(campaign?["template"] is not null, $"'{name}' has no content.");
        }
    }
}
