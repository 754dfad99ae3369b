using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Conversations at full speed beside two runs of many rows in one account: each keeps its own part of the account's limits.</summary>
internal sealed class RowsBeside : Scenario
{
    private const int Rows = 20_000;

    public override string Name => "rows-beside";

    public override string Fault => "nothing: conversations beside 20,000 profiles and 20,000 events of one account";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.StartRelayAsync(cancellationToken);

        var people = await run.Rows.PostAsync(RowSender.People, RowSender.PeopleCsv(Rows), Rows, cancellationToken);
        var orders = await run.Rows.PostAsync(RowSender.Orders, RowSender.OrdersJson(Rows), Rows, cancellationToken);
        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken, ofRows: Rows);
        await run.Rows.EndAsync(people, run.Size.Patience, cancellationToken);
        await run.Rows.EndAsync(orders, run.Size.Patience, cancellationToken);

        var throttled = (await run.Simulator.CountsAsync(cancellationToken)).Answered("klaviyo", "429");
        run.Measured($"{throttled} times 429");
        run.Must(throttled == 0, $"{throttled} requests were throttled.");
    }
}
