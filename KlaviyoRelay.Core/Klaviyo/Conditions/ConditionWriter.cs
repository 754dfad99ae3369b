using System.Text.Json;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Core.Klaviyo.Conditions;

/// <summary>Writes conditions in the form in which Klaviyo takes them (developers.klaviyo.com, Create Segment).</summary>
public static class ConditionWriter
{
    /// <summary>A definition: groups, which are joined by AND, of conditions, which are joined by OR.</summary>
    public static JsonElement Groups(params IEnumerable<IEnumerable<JsonObject>> groups)
    {
        var all = new JsonArray([.. groups.Select(group => new JsonObject { ["conditions"] = new JsonArray([.. group]) })]);
        return JsonElement.Parse(new JsonObject { ["condition_groups"] = all }.ToJsonString());
    }

    public static JsonObject IsFlag(string property, bool value) => Property(property, new JsonObject { ["type"] = "boolean", ["operator"] = "equals", ["value"] = value });

    public static JsonObject IsNotSet(string property) => Property(property, new JsonObject { ["type"] = "existence", ["operator"] = "not-set" });

    public static JsonObject AtLeastOnce(string metric, int days) => Count(metric, "greater-than", days);

    public static JsonObject ZeroTimes(string metric, int days) => Count(metric, "equals", days);

    /// <summary>At least one event of the metric whose number is not above a value.</summary>
    public static JsonObject AtLeastOnceAtMost(string metric, int days, string property, int value)
    {
        var condition = AtLeastOnce(metric, days);
        condition["metric_filters"] = new JsonArray(new JsonObject
        {
            ["property"] = property,
            ["filter"] = new JsonObject { ["type"] = "numeric", ["operator"] = "less-than-or-equal", ["value"] = value },
        });
        return condition;
    }

    private static JsonObject Property(string property, JsonObject filter) => new()
    {
        ["type"] = "profile-property",
        ["property"] = $"properties['{property.Replace("'", "\\'", StringComparison.Ordinal)}']",
        ["filter"] = filter,
    };

    private static JsonObject Count(string metric, string comparison, int days) => new()
    {
        ["type"] = "profile-metric",
        ["metric_id"] = metric,
        ["measurement"] = "count",
        ["measurement_filter"] = new JsonObject { ["type"] = "numeric", ["operator"] = comparison, ["value"] = 0 },
        ["timeframe_filter"] = new JsonObject { ["type"] = "date", ["operator"] = "in-the-last", ["unit"] = "day", ["quantity"] = days },
    };
}
