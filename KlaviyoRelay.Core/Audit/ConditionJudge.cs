using KlaviyoRelay.Core.Klaviyo.Conditions;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Audit;

/// <summary>Whether a kind of customer meets conditions. Pure.</summary>
/// <param name="customer">The customer.</param>
/// <param name="segments">The account's segments by their ids.</param>
public sealed class ConditionJudge(CustomerInConversation customer, IReadOnlyDictionary<string, Segment> segments)
{
    // A segment can't name itself; a longer way round than this is none that people make.
    private const int DeepestSegment = 8;

    private readonly SortedSet<string> _doubts = new(StringComparer.Ordinal);
    private int _depth;

    /// <summary>What could not be judged.</summary>
    public IReadOnlyCollection<string> Doubts => _doubts;

    public Judgement Judge(ConditionGroups groups) =>
        groups.All.Aggregate(Judgement.Always, (all, group) => all.And(group.Aggregate(Judgement.Never, (any, condition) => any.Or(Judge(condition)))));

    /// <summary>Whether the customer is in one of the lists and segments.</summary>
    public Judgement JudgeMembership(IEnumerable<string> groups) => groups.Aggregate(Judgement.Never, (any, group) => any.Or(JudgeMembership(group)));

    private Judgement Judge(ProfileCondition condition) => condition switch
    {
        PropertyCondition property when customer.HasFlag(property.Property) => JudgeFlag(property),
        MetricCondition metric when metric.Metric == customer.Metric => JudgeCount(metric),
        MembershipCondition membership => Judge(membership),
        PropertyCondition or MetricCondition or OtherCondition => Judgement.Either,
        UnknownCondition unknown => Doubt(unknown.Text),
        _ => Doubt("a condition that the relay does not know"),
    };

    private Judgement JudgeFlag(PropertyCondition condition) => (condition.Type, condition.Operator, condition.Value) switch
    {
        ("boolean", "equals", true) or ("existence", "is-set", _) => Judgement.Always,
        ("boolean", "equals", false) or ("existence", "not-set", _) => Judgement.Never,
        // What Klaviyo makes of a Boolean that is compared as something else is not documented.
        _ => Doubt($"`{condition.Property}` is compared as {condition.Type} ({condition.Operator}): choose the type Boolean"),
    };

    /// <summary>The customer has at least one such event. The number is not known.</summary>
    private static Judgement JudgeCount(MetricCondition condition)
    {
        if (condition.Measurement != "count" || condition.HasFilters || condition.Window is not { } window || window < CustomerInConversation.Guard)
        {
            return Judgement.Either;
        }

        var value = condition.Value;
        double[] counts = [1, 2, Math.Max(1, Math.Floor(value)), Math.Max(1, Math.Floor(value) + 1), Math.Max(2, value * 2)];
        var outcomes = counts.Select(count => (bool?)(condition.Operator switch
        {
            "equals" => count == value,
            "not-equals" => count != value,
            "greater-than" => count > value,
            "greater-than-or-equal" => count >= value,
            "less-than" => count < value,
            "less-than-or-equal" => count <= value,
            _ => null,
        })).ToList();
        return outcomes.Contains(null) ? Judgement.Either
            : new Judgement(outcomes.Contains(true) ? Likelihood.Possible : Likelihood.Never, outcomes.Contains(false) ? Likelihood.Possible : Likelihood.Never);
    }

    private Judgement Judge(MembershipCondition condition)
    {
        var any = JudgeMembership(condition.Groups);
        var all = condition.Groups.Aggregate(Judgement.Always, (all, group) => all.And(JudgeMembership(group)));
        // Klaviyo's reference does not say whether several are meant as any of them or as all of them.
        var member = any == all ? any : Doubt("membership in several lists or segments at once");
        // Who joined at some time is a part of the members.
        member = condition.HasTimeframe ? member with { Failed = Likelihood.Possible } : member;
        return condition.IsMember ? member : member.Not();
    }

    private Judgement JudgeMembership(string group)
    {
        if (!segments.TryGetValue(group, out var segment))
        {
            // A list, or a segment that is gone: being in conversation decides nothing about its members.
            return Judgement.Either;
        }

        if (!segment.IsActive)
        {
            return Doubt($"the segment `{segment.Name}`, which Klaviyo no longer computes");
        }

        if (_depth >= DeepestSegment)
        {
            return Doubt($"the segment `{segment.Name}`, which refers to itself");
        }

        _depth++;
        var judgement = Judge(segment.Definition);
        _depth--;
        return judgement;
    }

    private Judgement Doubt(string what)
    {
        _doubts.Add(what);
        return Judgement.Unclear;
    }
}
