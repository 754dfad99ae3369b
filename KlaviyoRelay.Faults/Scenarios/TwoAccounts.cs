using System.Diagnostics;
using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>One Klaviyo account is throttled while another is not: the other must not notice.</summary>
internal sealed class TwoAccounts : Scenario
{
    private const string SecondKey = "pk_second";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    public override string Name => "two-accounts";

    public override string Fault => "two accounts, one throttled";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var throttled = ConversationLoad.Of(run.Size.Conversations * 2, "throttled").Gladly;
        var other = ConversationLoad.Of(run.Size.Conversations / 2, "other").Kustomer;
        var (alone, beside) = (other.Take(other.Conversations.Count / 2), other.Skip(other.Conversations.Count / 2));
        await throttled.SeedAsync(run.Simulator, cancellationToken);
        await other.SeedAsync(run.Simulator, cancellationToken);
        await run.StartRelayAsync(
            cancellationToken,
            ("Relay__Accounts__second__PrivateKeySecret", "secondKey"),
            ("Secrets__secondKey", SecondKey),
            ("Relay__Connections__kustomer__Account", "second"));

        var usual = await TimeAsync(run, alone, recordedBefore: 0, cancellationToken);
        await run.Simulator.FaultAsync(
            new JsonObject { ["target"] = "klaviyo", ["account"] = RelaySettings.KlaviyoKey[^4..], ["status"] = 429, ["retryAfter"] = $"{run.Size.Outage.TotalSeconds:0}" }, cancellationToken);
        await run.PostAsync(throttled, cancellationToken);
        var time = await TimeAsync(run, beside, recordedBefore: alone.Expected.Count, cancellationToken);
        run.Measured($"{usual.TotalSeconds:0.0} s alone, {time.TotalSeconds:0.0} s beside the throttled one");
        run.Must(time < (1.5 * usual) + Tolerance, $"The other account took {time.TotalSeconds:0.0} s, and alone {usual.TotalSeconds:0.0} s.");

        await run.Simulator.ClearFaultsAsync(cancellationToken);
        await run.SettleAsync(cancellationToken);
    }

    /// <summary>How long it takes from the first webhook to the last record.</summary>
    private static async Task<TimeSpan> TimeAsync(FaultRun run, ConversationLoad load, int recordedBefore, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await run.PostAsync(load, cancellationToken);
        await run.Simulator.WaitForEventsAsync(
            recordedBefore + load.Expected.Count, run.Size.Patience, () => "The other account's events are held up.", cancellationToken);
        return watch.Elapsed;
    }
}
