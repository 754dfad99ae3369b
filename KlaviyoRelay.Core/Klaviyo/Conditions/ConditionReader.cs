using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo.Conditions;

/// <summary>Reads Klaviyo's condition groups. What it does not know, it says so of.</summary>
public static class ConditionReader
{
    private const string PropertyPrefix = "properties[";

    // They look at nothing that the relay writes.
    private static readonly HashSet<string> AboutSomethingElse = new(StringComparer.Ordinal)
    {
        "profile-marketing-consent",
        "profile-permissions",
        "profile-postal-code-distance",
        "profile-region",
        "profile-predictive-analytics",
        "profile-has-custom-object",
    };

    /// <param name="filter">An object with <c>condition_groups</c>; null or JSON's null for no filter.</param>
    public static ConditionGroups Read(JsonElement? filter)
    {
        if (filter is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } some)
        {
            return ConditionGroups.None;
        }

        return some.Member("condition_groups") is { ValueKind: JsonValueKind.Array } groups
            ? new ConditionGroups([.. groups.EnumerateArray().Select(Group)])
            : new ConditionGroups([[new UnknownCondition("a filter without condition groups")]]);
    }

    private static IReadOnlyList<ProfileCondition> Group(JsonElement group) =>
        group.Member("conditions") is { ValueKind: JsonValueKind.Array } conditions && conditions.GetArrayLength() > 0
            ? [.. conditions.EnumerateArray().Select(Condition)]
            : [new UnknownCondition("a group without conditions")];

    private static ProfileCondition Condition(JsonElement condition) => condition.Text("type") switch
    {
        "profile-property" => Property(condition),
        "profile-metric" => Metric(condition),
        "profile-group-membership" => Membership(condition),
        { } type when AboutSomethingElse.Contains(type) => new OtherCondition(type),
        { } type => new UnknownCondition($"a condition of the type {type}"),
        null => new UnknownCondition("a condition without a type"),
    };

    private static ProfileCondition Property(JsonElement condition) =>
        condition.Text("property") is { } property && condition.Member("filter") is { } filter && filter.Text("type") is { } type
            ? new PropertyCondition(NameOf(property), type, filter.Text("operator") ?? "", filter.Flag("value"))
            : new UnknownCondition("a property's condition that can't be read");

    private static ProfileCondition Metric(JsonElement condition) =>
        condition.Text("metric_id") is { } metric
        && condition.Member("measurement_filter") is { } filter
        && filter.Text("operator") is { } comparison
        && filter.Number("value") is { } value
            ? new MetricCondition(metric, condition.Text("measurement") ?? "", comparison, value, Window(condition.Member("timeframe_filter")), HasAny(condition, "metric_filters"))
            : new UnknownCondition("a metric's condition that can't be read");

    private static ProfileCondition Membership(JsonElement condition)
    {
        var groups = condition.Member("group_ids") is { ValueKind: JsonValueKind.Array } ids ? ids.EnumerateArray().Select(id => id.Text()).OfType<string>().ToArray() : [];
        return condition.Flag("is_member") is { } isMember && groups.Length > 0
            ? new MembershipCondition(groups, isMember, condition.Member("timeframe_filter") is not null)
            : new UnknownCondition("a membership's condition that can't be read");
    }

    private static bool HasAny(JsonElement parent, string name) => parent.Member(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.Array } array => array.GetArrayLength() > 0,
        _ => true,
    };

    private static TimeSpan? Window(JsonElement? timeframe) => timeframe?.Text("operator") switch
    {
        "alltime" => TimeSpan.MaxValue,
        "in-the-last" when timeframe.Value.Number("quantity") is { } quantity and >= 0 and < 100_000 => timeframe.Value.Text("unit") switch
        {
            "hour" => TimeSpan.FromHours(quantity),
            "day" => TimeSpan.FromDays(quantity),
            "week" => TimeSpan.FromDays(7 * quantity),
            _ => null,
        },
        _ => null,
    };

    private static string NameOf(string property) =>
        property.StartsWith(PropertyPrefix, StringComparison.Ordinal) && property.EndsWith(']') && property.Length >= PropertyPrefix.Length + 3
            ? property[(PropertyPrefix.Length + 1)..^2].Replace("\\", "", StringComparison.Ordinal)
            : property;
}
