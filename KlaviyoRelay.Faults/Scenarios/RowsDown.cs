using System.Net;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>The store is away while a body arrives; Klaviyo is away when its rows are sent, and then leaves one job undone. The same body comes twice.</summary>
internal sealed class RowsDown : Scenario
{
    public override string Name => "rows-down";

    public override string Fault => "blobs away while rows arrive, then Klaviyo down until its tries are used up, then a job that never ends; the same body twice";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var (people, orders) = (RowSender.PeopleCsv(run.Size.Rows), RowSender.OrdersJson(run.Size.Rows));
        await using var blobs = new TcpGate(run.Stack.BlobsAddress);
        run.Stack.ReachBlobsAt(blobs.Address);
        await run.Simulator.FaultAsync(new JsonObject { ["target"] = "klaviyo", ["status"] = 503 }, cancellationToken);
        await run.StartRelayAsync(cancellationToken, ("Relay__Records__StuckAfter", "00:01:00"), ("Relay__DeadLetters__Hold", "00:00:01"));

        await blobs.CloseAsync();
        var (status, _) = await run.Rows.PostOnceAsync(RowSender.People, people, run.Size.Rows, cancellationToken);
        run.Must(status == HttpStatusCode.ServiceUnavailable, $"Rows were answered with {status} while the blobs were away.");
        run.Must(await run.Queues.CountAsync(QueueNames.Records, cancellationToken) == 0, "A run was queued whose rows were not stored.");
        blobs.Open();

        var first = await run.Rows.PostAsync(RowSender.People, people, run.Size.Rows, cancellationToken);
        var second = await run.Rows.PostAsync(RowSender.Orders, orders, run.Size.Rows, cancellationToken);
        var again = await run.Rows.PostAsync(RowSender.People, people, run.Size.Rows, cancellationToken);
        run.Must(first == again, "The same body became two runs.");
        await Eventually.HoldsAsync(
            async () => await run.Queues.CountAsync(QueueNames.DeadLetterThrottled, cancellationToken) > 0, run.Size.Patience, () => "Nothing was dead-lettered while Klaviyo was down.", cancellationToken);
        run.Must(await run.Simulator.RecordedAsync(cancellationToken) == 0, "Something was recorded while Klaviyo was down.");

        await run.Simulator.SettingsAsync(new JsonObject { ["imports"] = new JsonObject { ["outcome"] = "stuck" } }, cancellationToken);
        await run.Simulator.ClearFaultsAsync(cancellationToken);
        var ended = await Task.WhenAll(
            run.Rows.EndAsync(first, run.Size.Patience, cancellationToken), run.Rows.EndAsync(second, run.Size.Patience, cancellationToken));
        run.Measured($"{ended[0].WithoutResult} rows of stuck jobs");
        run.Must(ended.All(counts => counts.WithoutResult == run.Size.Rows), "A row has a result that Klaviyo did not tell.");
    }
}
