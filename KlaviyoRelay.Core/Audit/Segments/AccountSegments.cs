using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Conditions;
using KlaviyoRelay.Core.Klaviyo.Flows;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Audit.Segments;

/// <summary>Compares the segments for conversations with those in Klaviyo, and makes what is missing. A segment is known by its name, so a repeat makes no second one.</summary>
public sealed class AccountSegments(ConnectionRegistry connections, KlaviyoAccounts accounts, FlowClient flows, SegmentClient segments)
{
    /// <summary>What there is and what is missing. Changes nothing.</summary>
    public async Task<Result<SegmentReport>> PlanAsync(string name, BatchBudget budget, CancellationToken cancellationToken)
    {
        var account = Find(name);
        var metrics = await flows.MetricsOfApiAsync(account, budget, cancellationToken);
        if (!metrics.IsSuccess)
        {
            return metrics.Failure;
        }

        var wanted = WantedSegment.Of(connections.Feeding(name), metrics.Value).ToList();
        var found = await segments.FindNamedAsync(account, wanted.Select(segment => segment.Name), budget, cancellationToken);
        return found.IsSuccess ? new SegmentReport(name, [.. wanted.Select(segment => Compare(segment, found.Value))]) : found.Failure;
    }

    /// <summary>Makes what a plan calls missing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="repairs">Whether those that differ are given their conditions back. What a person changed is lost then.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<SegmentReport> ApplyAsync(SegmentReport plan, bool repairs, BatchBudget budget, CancellationToken cancellationToken)
    {
        var account = Find(plan.Account);
        var items = new List<SegmentItem>();
        foreach (var item in plan.Items)
        {
            items.Add(item switch
            {
                { State: SegmentState.Missing, Definition: { } definition } =>
                    Done(item, SegmentState.Created, await segments.CreateAsync(account, item.Name, definition, budget, cancellationToken)),
                { State: SegmentState.Differs, Definition: { } definition, Id: { } id } when repairs =>
                    Done(item, SegmentState.Repaired, await segments.UpdateAsync(account, id, definition, budget, cancellationToken)),
                _ => item,
            });
        }

        return plan with { Items = items };
    }

    private static SegmentItem Compare(WantedSegment wanted, IReadOnlyList<KlaviyoResource<SegmentAttributes>> found)
    {
        var there = found.FirstOrDefault(segment => segment.Attributes?.Name == wanted.Name);
        SegmentItem Item(SegmentState state, string? detail) => new(wanted.Name, state, detail, there?.Id, wanted.Definition);

        return (wanted.Definition, there?.Attributes) switch
        {
            (null, _) => Item(SegmentState.NotPossible, wanted.Note),
            (_, null) => Item(SegmentState.Missing, wanted.Note),
            (_, { IsActive: false }) => Item(SegmentState.Differs, "Klaviyo no longer computes it."),
            ({ } definition, { Definition: { } own }) when DefinitionText.AreSame(definition, own) => Item(SegmentState.Ok, wanted.Note),
            _ => Item(SegmentState.Differs, wanted.Note is null ? "Its conditions are others." : $"Its conditions are others. {wanted.Note}"),
        };
    }

    private static SegmentItem Done(SegmentItem item, SegmentState state, Result<KlaviyoDocument<SegmentAttributes>> answer) => answer.IsSuccess
        ? item with { State = state, Id = answer.Value.Data?.Id ?? item.Id }
        : item with { State = SegmentState.Failed, Detail = answer.Failure.Detail };

    private KlaviyoAccount Find(string name) => accounts.Find(name) ?? throw new ArgumentException("There is no such account.", nameof(name));
}
