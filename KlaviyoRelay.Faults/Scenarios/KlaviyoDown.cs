using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Klaviyo is down for longer than a batch may take, then up: everything waits where it should, then is released.</summary>
internal sealed class KlaviyoDown : Scenario
{
    public override string Name => "down";

    public override string Fault => "Klaviyo down for longer than the batch budget, then up";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["status"] = 503 }, cancellationToken);
        await run.StartRelayAsync(
            cancellationToken, ("Relay__Delivery__BatchBudget", "00:00:03"), ("Relay__DeadLetters__Hold", "00:00:01"), Setting.Disabled("ReleaseThrottled"));

        await run.PostAsync(load, cancellationToken);
        await Eventually.HoldsAsync(
            async () => await run.Queues.CountAsync(QueueNames.ConversationEvents, cancellationToken) == 0,
            run.Size.Patience,
            () => $"{QueueNames.ConversationEvents} did not become empty.",
            cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        await CheckLettersAsync(run, load, cancellationToken);

        await run.Simulator.ClearFaultsAsync(cancellationToken);
        await run.RestartRelayAsync(cancellationToken, Setting.Disabled("ReleaseThrottled", disabled: false));
        await run.SettleAsync(cancellationToken);
    }

    private static async Task CheckLettersAsync(FaultRun run, ConversationLoad load, CancellationToken cancellationToken)
    {
        var letters = await run.Queues.ReadAsync(QueueNames.DeadLetterThrottled, cancellationToken);
        // A letter may be there twice: a message whose lock ran out is relayed again.
        var emails = letters.SelectMany(letter => letter.Emails ?? []).ToHashSet();
        run.Measured($"{letters.Count} letters while it was down");
        run.Must(await run.Simulator.RecordedAsync(cancellationToken) == 0, "Something was recorded while Klaviyo was down.");
        run.Must(letters.All(letter => letter.Reason is "unavailable" or "throttled"), "A letter has another reason than unavailable or throttled.");
        run.Must(
            emails.SetEquals(load.Expected.Select(one => one.Email)),
            $"{QueueNames.DeadLetterThrottled} held {emails.Count} of {load.Expected.Count} emails.");
    }
}
