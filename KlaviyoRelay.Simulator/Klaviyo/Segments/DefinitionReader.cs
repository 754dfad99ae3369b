using System.Collections.Frozen;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;

namespace KlaviyoRelay.Simulator.Klaviyo.Segments;

/// <summary>
/// Checks a definition by the schemas of Klaviyo's reference (revision 2026-07-15): SegmentDefinition, ConditionGroup,
/// ProfilePropertyCondition, SegmentsProfileMetricCondition, ProfileHasGroupMembershipCondition and their filters.
/// </summary>
internal sealed class DefinitionReader(FieldReader reader)
{
    private const string Resource = "segment";

    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Conditions = new(StringComparer.Ordinal)
    {
        ["profile-property"] = (["property", "filter"], []),
        ["profile-metric"] = (["metric_id", "measurement", "measurement_filter", "timeframe_filter"], ["metric_filters"]),
        ["profile-group-membership"] = (["is_member", "group_ids"], ["timeframe_filter"]),
    };

    // By type and operator: the members that a filter has beside them.
    private static readonly Dictionary<(string Type, string Operator), string[]> Filters = new()
    {
        [("boolean", "equals")] = ["value"],
        [("existence", "is-set")] = [],
        [("existence", "not-set")] = [],
        [("date", "alltime")] = [],
        [("date", "in-the-last")] = ["unit", "quantity"],
        [("date", "at-least")] = ["unit", "quantity"],
    };

    private static readonly string[] NumberOperators = ["equals", "greater-than", "greater-than-or-equal", "less-than", "less-than-or-equal", "not-equals"];

    private static readonly string[] TextOperators =
        ["contains", "ends-with", "equals", "not-contains", "not-ends-with", "not-equals", "not-starts-with", "nregex", "regex", "starts-with"];

    public void Check(Field definition)
    {
        reader.AllowOnly(definition, MemberNames.Definition, Resource);
        foreach (var group in Items(definition, "condition_groups"))
        {
            reader.AllowOnly(group, MemberNames.ConditionGroup, Resource);
            foreach (var condition in Items(group, "conditions"))
            {
                CheckCondition(condition);
            }
        }
    }

    private void CheckCondition(Field condition)
    {
        if (reader.Required(condition, "type", JsonValueKind.String, Resource) is not { } type)
        {
            return;
        }

        if (!Conditions.TryGetValue(type.Element.GetString() ?? "", out var members))
        {
            reader.Fail($"'{type.Element.GetString()}' is not a condition, or is not simulated: {string.Join(", ", Conditions.Keys)} are", type.Pointer);
            return;
        }

        RequireAll(condition, members.Required, members.Optional);
        OneOf(condition, "measurement", "count", "sum");
        CheckFilter(condition, "filter");
        CheckFilter(condition, "measurement_filter");
        CheckFilter(condition, "timeframe_filter");
        foreach (var filter in FieldReader.Optional(condition, "metric_filters") is null ? [] : Items(condition, "metric_filters"))
        {
            RequireAll(filter, ["property"], ["filter"], withType: false);
            CheckFilter(filter, "filter");
        }
    }

    private void CheckFilter(Field parent, string name)
    {
        if (reader.Optional(parent, name, JsonValueKind.Object) is not { } filter
            || reader.Required(filter, "type", JsonValueKind.String, Resource)?.Element.GetString() is not { } type
            || reader.Required(filter, "operator", JsonValueKind.String, Resource)?.Element.GetString() is not { } comparison)
        {
            return;
        }

        var isValue = (type == "numeric" && NumberOperators.Contains(comparison)) || (type == "string" && TextOperators.Contains(comparison));
        if (!isValue && !Filters.ContainsKey((type, comparison)))
        {
            reader.Fail($"'{type} {comparison}' is not a filter, or is not simulated", filter.Pointer);
            return;
        }

        RequireAll(filter, ["operator", .. isValue ? ["value"] : Filters[(type, comparison)]], []);
        OneOf(filter, "unit", "day", "hour", "week");
        OfKind(filter, "value", type switch
        {
            "numeric" => [JsonValueKind.Number],
            "boolean" => [JsonValueKind.True, JsonValueKind.False],
            _ => [JsonValueKind.String],
        });
        OfKind(filter, "quantity", JsonValueKind.Number);
    }

    private void RequireAll(Field parent, IEnumerable<string> required, IEnumerable<string> optional, bool withType = true)
    {
        var names = required.ToList();
        reader.AllowOnly(parent, names.Concat(optional).Concat(withType ? ["type"] : []).ToFrozenSet(StringComparer.Ordinal), Resource);
        foreach (var name in names.Where(name => FieldReader.Optional(parent, name) is null))
        {
            reader.Fail($"'{name}' is a required field for the resource '{Resource}'", parent.Pointer.At(name));
        }
    }

    private void OneOf(Field parent, string name, params string[] values)
    {
        if (reader.OptionalText(parent, name) is { } text && !values.Contains(text))
        {
            reader.Fail($"'{text}' is not one of {string.Join(", ", values)}", parent.Pointer.At(name));
        }
    }

    private void OfKind(Field parent, string name, params JsonValueKind[] kinds)
    {
        if (FieldReader.Optional(parent, name) is { } field && !kinds.Contains(field.Element.ValueKind))
        {
            reader.Fail($"Expected {FieldReader.Describe(kinds[0])}", field.Pointer);
        }
    }

    private IEnumerable<Field> Items(Field parent, string name) =>
        reader.Required(parent, name, JsonValueKind.Array, Resource) is not { } array ? [] : array.Element.EnumerateArray().Select((item, index) => new Field(item, array.Pointer.At($"{index}")));
}
