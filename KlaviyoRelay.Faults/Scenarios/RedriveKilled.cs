using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>A redrive is killed when it has sent a letter's event and not yet deleted the letter; then it is run again.</summary>
internal sealed class RedriveKilled : Scenario
{
    public override string Name => "redrive-killed";

    public override string Fault => "redrive killed (SIGKILL) between send and delete, then repeated";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = "/api/events", ["status"] = 400 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, Setting.NoBulk, RelaySettings.ShortLock);
        await run.PostAsync(load, cancellationToken);
        await Operator.WaitUntilEmptyAsync(run, cancellationToken, QueueNames.ConversationEvents);
        await run.Simulator.ClearFaultsAsync(cancellationToken);
        var parked = await run.Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken);
        run.Must(parked > 0, "Nothing was parked.");

        await using var queues = await QueueProxy.StartAsync(run.Stack.QueuesAddress);
        run.Stack.ReachQueuesAt(queues.Address);
        queues.Stuck = QueueNames.DeadLetterRejected;
        var kills = run.Size.IsFull ? 3 : 1;
        for (var kill = 1; kill <= kills; kill++)
        {
            var redrive = run.Stack.StartCommand("dead-letters", "redrive", "--reason", "invalid");
            await Eventually.HoldsAsync(() => Task.FromResult(queues.HeldUp >= kill), run.Size.Patience, () => $"The redrive deleted nothing: {redrive.Output}", cancellationToken);
            await redrive.KillAsync();
            run.Must(await run.Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken) == parked, "A letter is gone.");
            // What it received comes back by itself.
            await Task.Delay(TimeSpan.FromSeconds(31), cancellationToken);
        }

        run.Measured($"{parked} letters, {kills} kills");
        queues.Stuck = null;
        await Operator.RedriveAsync(run, ["--since", "1h"], cancellationToken);
        await run.SettleAsync(cancellationToken);
        run.Must(await run.Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken) == 0, $"{QueueNames.DeadLetterRejected} is not empty after the redrive.");
    }
}
