using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>Nothing but Klaviyo's own limits: 350 events a second and 3,500 a minute, or 10 and 150 bulk jobs.</summary>
internal sealed class DocumentedLimits(bool bulk) : Scenario
{
    public override string Name => bulk ? "limits" : "limits-single";

    public override string Fault => bulk ? "Klaviyo's limits" : "Klaviyo's limits, no bulk jobs";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var load = ConversationLoad.Of(run.Size.Conversations);
        await load.SeedAsync(run.Simulator, cancellationToken);
        await run.StartRelayAsync(cancellationToken, bulk ? [] : [Setting.NoBulk]);

        await run.PostAsync(load, cancellationToken);
        await run.SettleAsync(cancellationToken);

        var counts = await run.Simulator.CountsAsync(cancellationToken);
        var (refused, all) = (counts.Answered("klaviyo", "429"), counts.To("klaviyo"));
        run.Measured($"{refused} of {all} requests throttled");
        run.Must(refused * 100 < all, $"{refused} of {all} requests were answered 429.");
        run.Must(bulk == counts.LargestBulk > 1, $"The largest bulk job had {counts.LargestBulk} events.");
    }
}
