using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Flows;
using KlaviyoRelay.Core.Klaviyo.Lists;
using KlaviyoRelay.Core.Records;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>The flows that the rows of a sync start.</summary>
/// <param name="Trigger">The list or the metric.</param>
/// <param name="Flows">Their names.</param>
/// <param name="Unknown">Why they can't be told; null when they are.</param>
internal sealed record StartedFlows(string Trigger, IReadOnlyList<string> Flows, string? Unknown)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Null when there is nothing to warn of.</summary>
    public string? Warning => this switch
    {
        { Unknown: { } why } => $"Which flows {Trigger} starts can't be told: {why} The account's key needs flows:read with lists:read or metrics:read.",
        { Flows.Count: > 0 } => $"{Trigger} starts {(Flows.Count == 1 ? "a flow" : "flows")}: {string.Join(", ", Flows)}. The rows of this run start {(Flows.Count == 1 ? "it" : "them")}.",
        _ => null,
    };

    /// <param name="hand">The sync.</param>
    /// <param name="metrics">The metrics of the file's events.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<StartedFlows> OfAsync(SyncInHand hand, IReadOnlySet<string> metrics, CancellationToken cancellationToken)
    {
        var sync = hand.Sync;
        if (hand.Get<KlaviyoAccounts>().Find(sync.Account) is not { } account || sync.Object is SyncObject.Profiles or SyncObject.ListDelete)
        {
            return new StartedFlows("", [], Unknown: null);
        }

        var budget = new BatchBudget(hand.Context.Clock, Patience);
        if (sync.Object == SyncObject.ListInsert)
        {
            var name = await hand.Get<ListClient>().FindNameAsync(account, sync.List, budget, cancellationToken);
            var trigger = name.IsSuccess ? $"The list '{name.Value}' ({sync.List})" : $"The list {sync.List}";
            return Of(trigger, name.IsSuccess ? await hand.Get<FlowClient>().NamesOfListAsync(account, sync.List, budget, cancellationToken) : Result.Failed<IReadOnlyList<string>>(name.Failure));
        }

        return Of(
            metrics.Count == 1 ? $"The metric '{metrics.Single()}'" : "One of the file's metrics",
            await hand.Get<FlowClient>().NamesOfMetricsAsync(account, metrics, budget, cancellationToken));
    }

    private static StartedFlows Of(string trigger, Result<IReadOnlyList<string>> flows) =>
        flows.IsSuccess ? new StartedFlows(trigger, flows.Value, Unknown: null) : new StartedFlows(trigger, [], flows.Failure.Detail);
}
