using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>No fault, but a time: a queue that has filled up while the relay was away.</summary>
internal sealed class Drain : Scenario
{
    private const int Longest = 90;

    public override string Name => "drain";

    public override string Fault => "none: 4 times the conversations wait when the relay starts";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations * 4);
        await run.StartWithQueuedAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        run.Measured($"{load.Expected.Count / run.Seconds:0} events/s");
        // 20,000 events in 90 s.
        run.Must(!run.Size.IsFull || run.Seconds * 20_000 <= Longest * (double)load.Expected.Count, $"{load.Expected.Count} events took {run.Seconds:0.0} s.");
    }
}
