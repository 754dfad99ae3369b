namespace KlaviyoRelay.Core.Klaviyo.Conditions;

/// <summary>What a segment or a flow's filter asks of a profile. A profile has to meet one condition of every group.</summary>
/// <param name="All">The groups, none of them empty; without a group every profile meets it.</param>
public sealed record ConditionGroups(IReadOnlyList<IReadOnlyList<ProfileCondition>> All)
{
    public static ConditionGroups None { get; } = new([]);

    /// <summary>The lists and segments that are named.</summary>
    public IEnumerable<string> Groups => All.SelectMany(group => group).OfType<MembershipCondition>().SelectMany(condition => condition.Groups);
}

/// <summary>One condition.</summary>
public abstract record ProfileCondition;

/// <summary>About a property of the profile.</summary>
/// <param name="Property">Its name, without Klaviyo's <c>properties['...']</c>.</param>
/// <param name="Type">As what it is read: <c>boolean</c>, <c>string</c>, <c>existence</c> ...</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">The Boolean that it is compared with; null for anything else.</param>
public sealed record PropertyCondition(string Property, string Type, string Operator, bool? Value) : ProfileCondition;

/// <summary>About how often something happened.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="Measurement"><c>count</c> or <c>sum</c>.</param>
/// <param name="Operator">How the number is compared.</param>
/// <param name="Value">What it is compared with.</param>
/// <param name="Window">In how long a time before now; null when the time is another.</param>
/// <param name="HasFilters">Whether only some events of the metric count.</param>
public sealed record MetricCondition(string Metric, string Measurement, string Operator, double Value, TimeSpan? Window, bool HasFilters) : ProfileCondition;

/// <summary>About lists and segments.</summary>
/// <param name="Groups">Their ids.</param>
/// <param name="IsMember">Whether members are meant, or all others.</param>
/// <param name="HasTimeframe">Whether only those count that joined at some time.</param>
public sealed record MembershipCondition(IReadOnlyList<string> Groups, bool IsMember, bool HasTimeframe) : ProfileCondition;

/// <summary>About something that no conversation changes, such as consent or a place.</summary>
public sealed record OtherCondition(string Type) : ProfileCondition;

/// <summary>Not known to the relay.</summary>
/// <param name="Text">What it is, in a few words.</param>
public sealed record UnknownCondition(string Text) : ProfileCondition;
