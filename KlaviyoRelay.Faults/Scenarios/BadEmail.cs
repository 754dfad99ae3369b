using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>One email that only Klaviyo finds wrong, in a bulk job with 999 good ones.</summary>
internal sealed class BadEmail : Scenario
{
    private const int Conversations = 200;
    // A domain may not have an underscore; .NET's parser lets it pass.
    private const string Bad = "someone@under_score.com";

    public override string Name => "bad-email";

    public override string Fault => "one bad email in a bulk job of 1,000";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(Conversations);
        load = load.Replace(load.Expected[load.Expected.Count / 2].Email, Bad);

        await run.StartWithQueuedAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken, refused: 1);

        var counts = await run.Simulator.CountsAsync(cancellationToken);
        run.Measured($"{counts.Recorded} recorded");
        run.Must(counts.Recorded == load.Expected.Count - 1, $"{counts.Recorded} events were recorded.");
        run.Must(counts.Answered("klaviyo", "400") > 0, "Klaviyo refused nothing.");
        var letters = await run.Queues.ReadAsync(QueueNames.DeadLetterRejected, cancellationToken);
        run.Must(
            letters is [{ Reason: "invalid", Emails: [Bad] } letter] && letter.Detail.Contains("email", StringComparison.OrdinalIgnoreCase) && letter.Detail.Contains("/data/", StringComparison.Ordinal),
            $"{QueueNames.DeadLetterRejected} holds {string.Join("; ", letters.Select(one => $"{one.Reason}: {one.Detail}"))}");
    }
}
