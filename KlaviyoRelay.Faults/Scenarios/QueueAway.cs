using System.Net;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The queue can't be reached while webhooks arrive.</summary>
internal sealed class QueueAway : Scenario
{
    public override string Name => "queue-away";

    public override string Fault => "Azurite unreachable while webhooks arrive";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        var (before, during) = (load.Take(run.Size.Conversations / 2), load.Skip(run.Size.Conversations / 2));
        await load.SeedAsync(run.Simulator, cancellationToken);
        await using var gate = new TcpGate(run.Stack.QueuesAddress);
        run.Stack.ReachQueuesAt(gate.Address);
        await run.StartRelayAsync(cancellationToken, RelaySettings.ShortLock);

        // Cut in the middle of the first half: what was not answered 202 then is sent again later, as helpdesks do.
        var posting = run.PostAsync(before, cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(150), cancellationToken);
        await gate.CloseAsync();
        var others = 0;
        await during.ForEachAsync(
            async (conversation, token) =>
            {
                if (await run.PostOnceAsync(conversation, token) != HttpStatusCode.ServiceUnavailable)
                {
                    Interlocked.Increment(ref others);
                }
            },
            cancellationToken);
        await Task.Delay(run.Size.Outage, cancellationToken);
        run.Measured($"{during.Conversations.Count - others} webhooks answered 503");
        run.Must(others == 0, $"{others} webhooks were not answered 503 while the queue was away.");

        gate.Open();
        await posting;
        await run.PostAsync(during, cancellationToken);
        await run.SettleAsync(cancellationToken);
    }
}
