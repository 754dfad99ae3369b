using KlaviyoRelay.Core.Klaviyo.Conditions;
using KlaviyoRelay.Core.Klaviyo.Flows;

namespace KlaviyoRelay.Core.Audit;

/// <summary>Goes through a flow as one kind of customer, by every way that there is.</summary>
public sealed class FlowWalk
{
    private readonly FlowDefinition _flow;
    private readonly ConditionJudge _judge;
    private readonly Judgement _filter;
    private readonly HashSet<(string Step, Judgement Way)> _visited = [];
    private readonly Dictionary<string, Likelihood> _received = new(StringComparer.Ordinal);

    private FlowWalk(FlowDefinition flow, ConditionJudge judge)
    {
        _flow = flow;
        _judge = judge;
        _filter = judge.Judge(flow.Filter);
    }

    /// <summary>Whether the customer gets the marketing message of a step, by the step's id.</summary>
    public static IReadOnlyDictionary<string, Likelihood> Of(FlowDefinition flow, ConditionJudge judge)
    {
        var walk = new FlowWalk(flow, judge);
        walk.From(flow.Entry);
        // A step that no known link leads to may be reached all the same.
        foreach (var id in flow.Steps.Keys.Where(id => walk._visited.All(visited => visited.Step != id)).ToList())
        {
            walk.From(id);
        }

        return walk._received;
    }

    private void From(string? entry)
    {
        var ahead = new Stack<(string Step, Judgement Way)>();
        Go(ahead, entry, Judgement.Always);
        while (ahead.TryPop(out var next))
        {
            var (step, way) = (_flow.Steps[next.Step], next.Way);
            // Klaviyo asks once at a split. After a wait, something else may be true.
            var after = step.IsInstant ? way : Judgement.Always;
            Receive(step, after);
            var split = step.IsSplit ? _judge.Judge(step.Split) : Judgement.Always;
            foreach (var id in step.Next)
            {
                Go(ahead, id, !step.IsSplit ? after : id == step.NextIfTrue ? after.And(split) : id == step.NextIfFalse ? after.And(split.Not()) : after);
            }
        }
    }

    private void Go(Stack<(string Step, Judgement Way)> ahead, string? step, Judgement way)
    {
        if (step is not null && _flow.Steps.ContainsKey(step) && _visited.Add((step, way)))
        {
            ahead.Push((step, way));
        }
    }

    private void Receive(FlowStep step, Judgement way)
    {
        if (!step.IsOn || (step.IsKnown && (!step.IsMessage || step.IsTransactional)))
        {
            return;
        }

        var own = step.IsKnown ? step.Filter : new ConditionGroups([[new UnknownCondition($"a step of the type {step.Type}")]]);
        var got = _filter.And(way).And(_judge.Judge(own)).Met;
        _received[step.Id] = Judgement.Most(got, _received.GetValueOrDefault(step.Id));
    }
}
