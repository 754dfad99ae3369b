using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Conditions;

/// <summary>Whether a profile meets condition groups: one condition of every group.</summary>
/// <param name="segments">The definitions of the account's segments, by their ids.</param>
internal sealed class ConditionRun(IReadOnlyDictionary<string, JsonElement> segments)
{
    /// <param name="filter">An object with <c>condition_groups</c>, or JSON's null.</param>
    public bool IsMet(JsonElement filter, Person person) =>
        filter.ValueKind == JsonValueKind.Null
        || filter.GetProperty("condition_groups").EnumerateArray().All(group => group.GetProperty("conditions").EnumerateArray().Any(condition => IsMetOne(condition, person)));

    /// <summary>Whether a profile is in one of some lists and segments.</summary>
    public bool IsMember(IEnumerable<string> groups, Person person) => groups.Any(group => IsIn(group, person));

    private bool IsMetOne(JsonElement condition, Person person) => Text(condition, "type") switch
    {
        "profile-property" => HasProperty(condition, person),
        "profile-metric" => HasEvents(condition, person),
        "profile-group-membership" => condition.GetProperty("group_ids").EnumerateArray().Any(id => IsIn(id.GetString() ?? "", person)) == condition.GetProperty("is_member").GetBoolean(),
        var other => throw new NotSupportedException($"The simulator runs no condition of the type {other}."),
    };

    private static bool HasProperty(JsonElement condition, Person person)
    {
        var name = Text(condition, "property");
        var isThere = person.Properties.TryGetValue(name["properties['".Length..^"']".Length], out var value);
        var filter = condition.GetProperty("filter");
        return (Text(filter, "type"), Text(filter, "operator")) switch
        {
            ("existence", "is-set") => isThere,
            ("existence", "not-set") => !isThere,
            ("boolean", "equals") => isThere && value.ValueKind == filter.GetProperty("value").ValueKind,
            // A Boolean is no text.
            ("string", "equals") => IsText(value, filter),
            ("string", "not-equals") => !IsText(value, filter),
            var (type, comparison) => throw new NotSupportedException($"The simulator runs no filter {type} {comparison}."),
        };
    }

    private static bool IsText(JsonElement value, JsonElement filter) => value.ValueKind == JsonValueKind.String && value.GetString() == Text(filter, "value");

    private static bool HasEvents(JsonElement condition, Person person)
    {
        var timeframe = condition.GetProperty("timeframe_filter");
        var since = Text(timeframe, "operator") switch
        {
            "alltime" => DateTimeOffset.MinValue,
            "in-the-last" => person.Now - (Text(timeframe, "unit") switch
            {
                "hour" => TimeSpan.FromHours(1),
                "week" => TimeSpan.FromDays(7),
                _ => TimeSpan.FromDays(1),
            } * timeframe.GetProperty("quantity").GetInt32()),
            var other => throw new NotSupportedException($"The simulator runs no timeframe {other}."),
        };
        var count = person.Events.Count(one => one.Metric == Text(condition, "metric_id") && one.Time >= since && one.Time <= person.Now && IsFiltered(condition, one.Properties));
        return IsNumber(count, condition.GetProperty("measurement_filter"));
    }

    private static bool IsFiltered(JsonElement condition, JsonElement properties) =>
        !condition.TryGetProperty("metric_filters", out var filters) || filters.ValueKind == JsonValueKind.Null
        || filters.EnumerateArray().All(one => properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty(Text(one, "property"), out var value) && value.ValueKind == JsonValueKind.Number && IsNumber(value.GetDouble(), one.GetProperty("filter")));

    private static bool IsNumber(double number, JsonElement filter)
    {
        var value = filter.GetProperty("value").GetDouble();
        return Text(filter, "operator") switch
        {
            "equals" => number == value,
            "not-equals" => number != value,
            "greater-than" => number > value,
            "greater-than-or-equal" => number >= value,
            "less-than" => number < value,
            _ => number <= value,
        };
    }

    private bool IsIn(string group, Person person) => segments.TryGetValue(group, out var definition) ? IsMet(definition, person) : person.Lists.Contains(group);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
