using KlaviyoRelay.Benchmarks.Relay;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Benchmarks.Rows;

/// <summary>A backlog in Azurite, whose own cost grows with it and is shown apart. From the relay's start to the last event.</summary>
internal sealed class DrainOnAzurite : Row
{
    private const int Events = 20_000;

    public override string Name => "drain-azurite-20k";

    public override string What => $"{Events:N0} queued events, queue in Azurite, look-ups by HTTP, from the relay's start";

    // It takes half a minute, most of it Azurite's.
    public override int Repetitions => 1;

    public override async Task<Measurement> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        await using var relay = await RunningRelay.WithAzuriteAsync(cancellationToken);
        await FillAsync(relay.Stack.Queues, cancellationToken);
        var before = relay.Stack.Azurite.ProcessorTime;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await relay.StartOnAzuriteAsync(surroundings, cancellationToken);
        await surroundings.Counts.ReceivesAsync(Events, TimeSpan.FromMinutes(3), cancellationToken);
        var cost = await relay.Client.CostAsync(cancellationToken);
        return new Measurement(Events, cost with { Seconds = watch.Elapsed.TotalSeconds }) { QueueCpuSeconds = (relay.Stack.Azurite.ProcessorTime - before).TotalSeconds }
            .SeenAs(await surroundings.Counts.CountsAsync(cancellationToken));
    }

    private static async Task FillAsync(AzuriteQueueClient queues, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Events / Workload.Emails), cancellationToken, async (number, token) =>
        {
            var message = Workload.QueueMessage(number);
            await queues.PutAsync(SessionQueues.NameOf(QueueNames.ConversationEvents, message.SessionId), QueueEnvelope.Of(message).Encode(), TimeSpan.Zero, token);
        });
    }
}
