using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The queue of rejected letters takes none while events are refused beside good ones; later it has room again.</summary>
internal sealed class ParkedFull : Scenario
{
    public override string Name => "parked-full";

    public override string Fault => "dead-letter-rejected is full while every 10th event is refused (400)";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await using var queues = await QueueProxy.StartAsync(run.Stack.QueuesAddress);
        queues.Full = QueueNames.DeadLetterRejected;
        run.Stack.ReachQueuesAt(queues.Address);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["path"] = "/api/events", ["status"] = 400, ["everyNth"] = 10 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, Setting.NoBulk);

        await run.PostAsync(load, cancellationToken);
        await Operator.WaitUntilEmptyAsync(run, cancellationToken, QueueNames.ConversationEvents);
        var requests = (await run.Simulator.CountsAsync(cancellationToken)).To("klaviyo");
        run.Measured($"{queues.Refused} letters refused by the queue, {requests} requests to Klaviyo");
        run.Must(queues.Refused > 0, "The queue refused no letter.");
        // A batch whose lock runs out is relayed again; one that fails because of a letter would be ten times.
        run.Must(requests <= 3 * load.Expected.Count, $"Klaviyo got {requests} requests for {load.Expected.Count} events.");
        run.Must(await run.Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken) == 0, $"{QueueNames.DeadLetterRejected} holds letters although it is full.");

        queues.Full = null;
        await run.Simulator.ClearFaultsAsync(cancellationToken);
        // What is released goes through the events' queue once more.
        await Operator.WaitUntilEmptyAsync(run, cancellationToken, QueueNames.ConversationEvents, QueueNames.DeadLetterThrottled, QueueNames.ConversationEvents);
        var recorded = await run.Simulator.RecordedAsync(cancellationToken);
        var letters = await run.Queues.ReadAsync(QueueNames.DeadLetterRejected, cancellationToken);
        var parked = letters.SelectMany(letter => letter.Emails ?? []).Distinct().Count();
        run.Must(letters.All(letter => letter.Reason == "invalid"), "A letter has another reason than invalid.");
        run.Must(parked > 0 && recorded + parked >= load.Expected.Count, $"{recorded} events are recorded and {parked} parked, of {load.Expected.Count}.");
        await Operator.RedriveAsync(run, ["--reason", "invalid"], cancellationToken);
        await run.SettleAsync(cancellationToken);
        run.Must(await run.Queues.CountAsync(QueueNames.DeadLetterRejected, cancellationToken) == 0, $"{QueueNames.DeadLetterRejected} is not empty after the redrive.");
    }
}
