using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>No fault, but a cost: several events of a customer in one batch are one look-up.</summary>
internal sealed class SharedLookUps : Scenario
{
    private const int Conversations = 200;
    private const int PerCustomer = 5;

    public override string Name => "look-ups";

    public override string Fault => "none: 5 conversations of each customer in one batch";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        await run.StartWithQueuedAsync(ConversationLoad.Of(Conversations, perCustomer: PerCustomer), cancellationToken);
        await run.SettleAsync(cancellationToken);

        var routes = (await run.Simulator.CountsAsync(cancellationToken)).Routes;
        var lookUps = routes.GetValueOrDefault("GET /gladly/api/v1/customer-profiles/{id}") + routes.GetValueOrDefault("GET /kustomer/v1/customers/{id}");
        run.Measured($"{lookUps} look-ups of {Conversations / PerCustomer} customers");
        run.Must(lookUps == Conversations / PerCustomer, $"{lookUps} look-ups were made for {Conversations / PerCustomer} customers.");
    }
}
