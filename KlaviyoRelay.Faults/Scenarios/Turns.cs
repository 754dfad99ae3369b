using System.Diagnostics;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Minutes of work wait for one Klaviyo account: another account's events don't wait behind them.</summary>
internal sealed class Turns : Scenario
{
    private const int PerSecond = 10;
    private const int Batch = 400;

    public override string Name => "turns";

    public override string Fault => "none: minutes of work wait for one of two accounts";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        // At ten look-ups a second two minutes of work, or eight.
        var backlog = run.Size.IsFull ? 5000 : 1200;
        var busy = ConversationLoad.Of(2 * backlog, "busy", emails: 1).Gladly;
        var other = ConversationLoad.Of(40, "other").Kustomer;
        await other.SeedAsync(run.Simulator, cancellationToken);
        // Hundreds of locks that are renewed every second would be what is measured.
        run.Stack.Settings["LocalHost__Lock"] = "00:00:10";
        run.Stack.Settings["Relay__Accounts__second__PrivateKeySecret"] = "secondKey";
        run.Stack.Settings["Secrets__secondKey"] = "pk_second";
        run.Stack.Settings["Relay__Connections__kustomer__Account"] = "second";
        await run.StartWithQueuedAsync(busy, cancellationToken, ("Relay__Connections__gladly__Gladly__RequestsPerSecond", $"{PerSecond}"));

        var (watch, before) = (Stopwatch.StartNew(), await RecordedOfAsync("busy", run, cancellationToken));
        await run.PostAsync(other, cancellationToken);
        await Eventually.HoldsAsync(
            async () => await RecordedOfAsync("other", run, cancellationToken) == other.Expected.Count,
            TimeSpan.FromSeconds(2 * Batch / PerSecond),
            () => "The other account was not served within two batches.",
            cancellationToken);
        var meanwhile = await RecordedOfAsync("busy", run, cancellationToken) - before;
        run.Measured($"the other account after {watch.Elapsed.TotalSeconds:0.0} s, {meanwhile} of {backlog} events of the busy one meanwhile");
        run.Must(meanwhile <= 2 * Batch, $"{meanwhile} events of the busy account came first, and two batches are {2 * Batch}.");

        // The rest at once: a stop would wait for a batch that takes 40 s.
        await run.Stack.Relay.KillAsync();
        await run.StartRelayAsync(cancellationToken, ("Relay__Connections__gladly__Gladly__RequestsPerSecond", "1000"));
        await run.SettleAsync(cancellationToken);
    }

    private static async Task<int> RecordedOfAsync(string load, FaultRun run, CancellationToken cancellationToken) =>
        (await run.Simulator.EventsAsync(cancellationToken)).Count(recorded => recorded.Email.StartsWith(load, StringComparison.Ordinal));
}
