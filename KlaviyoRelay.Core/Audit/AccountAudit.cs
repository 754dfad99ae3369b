using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Campaigns;
using KlaviyoRelay.Core.Klaviyo.Flows;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Audit;

/// <summary>How far an audit is: flows that have been read, of all.</summary>
public sealed record AuditProgress(int Read, int Flows);

/// <summary>Reads every flow that takes people in and every campaign that is to be sent, and judges them. It changes nothing.</summary>
public sealed class AccountAudit(
    ConnectionRegistry connections, KlaviyoAccounts accounts, FlowClient flows, SegmentClient segments, CampaignClient campaigns, TimeProvider clock)
{
    // For a place in Klaviyo's limit, which is one of a minute.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly Result<FlowDefinition> NoTime = new DeliveryFailure(DeadLetterReason.Throttled, "The time was used up by waiting for Klaviyo's rate limit.");

    /// <summary>The accounts that a connection feeds, in alphabetical order.</summary>
    public IReadOnlyList<string> Accounts => [.. accounts.All.Select(account => account.Name).Where(name => connections.Feeding(name).Count > 0).Order(StringComparer.Ordinal)];

    /// <param name="name">One of <see cref="Accounts"/>.</param>
    /// <param name="time">How long it may take. A flow that can't be read within it is unknown, and counted as unread.</param>
    /// <param name="progress">Told after each flow.</param>
    /// <param name="cancellationToken">Ends the audit.</param>
    /// <param name="judged">Flows that were judged a moment ago, by their ids: they are not read again.</param>
    public async Task<Result<AuditReport>> RunAsync(
        string name, TimeSpan time, IProgress<AuditProgress>? progress, CancellationToken cancellationToken, IReadOnlyDictionary<string, AuditedItem>? judged = null)
    {
        var account = accounts.Find(name) ?? throw new ArgumentException("There is no such account.", nameof(name));
        var budget = new BatchBudget(clock, time);
        var metrics = await flows.MetricsOfApiAsync(account, budget, cancellationToken);
        if (!metrics.IsSuccess)
        {
            return metrics.Failure;
        }

        var scheduled = await campaigns.ScheduledAsync(account, budget, cancellationToken);
        if (!scheduled.IsSuccess)
        {
            return scheduled.Failure;
        }

        var on = await flows.OnAsync(account, budget, cancellationToken);
        if (!on.IsSuccess)
        {
            return on.Failure;
        }

        var definitions = new List<(string Id, string Name, Result<FlowDefinition> Definition)>();
        var known = on.Value.Select(flow => judged?.GetValueOrDefault(flow.Id ?? "")).OfType<AuditedItem>().ToList();
        var unread = 0;
        foreach (var flow in on.Value.Where(flow => judged?.ContainsKey(flow.Id ?? "") != true))
        {
            var id = flow.Id ?? "";
            var definition = unread > 0 && budget.Left < LongestWait ? NoTime : await flows.DefinitionAsync(account, id, budget, cancellationToken);
            unread += definition.Failure?.Reason == DeadLetterReason.Throttled ? 1 : 0;
            definitions.Add((id, flow.Attributes?.Name ?? id, definition));
            progress?.Report(new AuditProgress(known.Count + definitions.Count, on.Value.Count));
        }

        var groups = definitions.SelectMany(one => one.Definition.Value?.Groups ?? []).Concat(scheduled.Value.SelectMany(campaign => campaign.Included.Concat(campaign.Excluded)));
        // What the flows have used up of the time is no reason to know nothing of the segments.
        var found = await segments.FindAsync(account, groups, new BatchBudget(clock, time), cancellationToken);
        return found.IsSuccess ? ReportOf(name, metrics.Value, definitions, known, scheduled.Value, found.Value) with { Unread = unread } : found.Failure;
    }

    private AuditReport ReportOf(
        string account,
        IReadOnlyDictionary<string, string> metrics,
        IEnumerable<(string Id, string Name, Result<FlowDefinition> Definition)> definitions,
        IEnumerable<AuditedItem> judged,
        IEnumerable<ScheduledCampaign> scheduled,
        IReadOnlyDictionary<string, Segment> known)
    {
        var feeding = connections.Feeding(account);
        var audited = AuditedAccount.Of(feeding, metrics);
        var (flow, campaign) = (new FlowJudge(audited, known), new CampaignJudge(audited, known));
        var items = definitions.Select(one => one.Definition.IsSuccess ? flow.Judge(one.Id, one.Name, one.Definition.Value) : Unread(one.Id, one.Name, one.Definition.Failure))
            .Concat(judged).Concat(scheduled.Select(campaign.Judge));
        return new AuditReport(account, [.. feeding.Select(connection => connection.Name)], [.. items.OrderBy(item => item.Verdict)]);
    }

    private static AuditedItem Unread(string id, string name, DeliveryFailure failure) =>
        new(FlowJudge.Kind, id, name, AuditVerdict.Unknown, $"Klaviyo did not tell what it does: {failure.Detail.TrimEnd('.')}.", [], null) { IsUnread = failure.Reason == DeadLetterReason.Throttled };
}
