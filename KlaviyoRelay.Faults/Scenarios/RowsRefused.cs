using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Klaviyo refuses jobs because of single rows, fails others in the import, and throttles meanwhile. Good rows get in all the same.</summary>
internal sealed class RowsRefused : Scenario
{
    // More than fit a page of errors.
    private const int Failing = 130;

    public override string Name => "rows-refused";

    public override string Fault => "one row in 1,000 refuses its job, 130 rows of one job fail in the import, every 2nd answer 429";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var refusing = run.Size.Rows / 1000;
        await run.Simulator.SettingsAsync(
            new JsonObject { ["imports"] = new JsonObject { ["failing"] = "failing", ["phoneRegions"] = new JsonArray("+44") } }, cancellationToken);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["everyNth"] = 2, ["status"] = 429, ["retryAfter"] = "1" }, cancellationToken);
        await run.StartRelayAsync(cancellationToken);

        var people = RowSender.PeopleCsv(
            run.Size.Rows, phone: number => number % 1000 == 0 ? "+14155550123" : null, prefix: number => number <= Failing ? "failing" : "person");
        var address = await run.Rows.PostAsync(RowSender.People, people, run.Size.Rows, cancellationToken);
        var counts = await run.Rows.EndAsync(address, run.Size.Patience, cancellationToken);

        var throttled = (await run.Simulator.CountsAsync(cancellationToken)).Answered("klaviyo", "429");
        run.Measured($"{counts.Rejected} rows rejected, {throttled} times 429");
        run.Must(throttled > 0, "No answer was 429.");
        run.Must(counts.Rejected == refusing + Failing, $"{counts.Rejected} rows were rejected, and {refusing + Failing} are bad.");
        run.Must(counts.Loaded == run.Size.Rows - refusing - Failing, $"{counts.Loaded} rows were loaded, and {run.Size.Rows - refusing - Failing} are good.");
    }
}
