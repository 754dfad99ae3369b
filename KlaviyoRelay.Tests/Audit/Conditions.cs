using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>Conditions in Klaviyo's form, for customers of a Gladly connection.</summary>
internal static class Conditions
{
    public const string Flag = "In Gladly Conversation";
    public const string Started = "MSTART";
    public const string Reopened = "MREOPE";
    public const string Closed = "MCLOSE";
    public const string Order = "MORDER";

    public static readonly Dictionary<string, string> Metrics = new(StringComparer.Ordinal)
    {
        [Started] = "started conversation in Gladly",
        [Reopened] = "reopened conversation in Gladly",
        [Closed] = "closed conversation in Gladly",
        [Order] = "Placed Order",
    };

    public static string IsFalse => Property(Flag, """{"type":"boolean","operator":"equals","value":false}""");

    public static string IsTrue => Property(Flag, """{"type":"boolean","operator":"equals","value":true}""");

    public static string NotSet => Property(Flag, """{"type":"existence","operator":"not-set"}""");

    public static string IsSet => Property(Flag, """{"type":"existence","operator":"is-set"}""");

    public static string IsNotTextTrue => Property(Flag, """{"type":"string","operator":"not-equals","value":"true"}""");

    public static string InUsa => Property("Country", """{"type":"string","operator":"equals","value":"US"}""");

    public static string NotInUsa => Property("Country", """{"type":"string","operator":"not-equals","value":"US"}""");

    /// <summary>The filter for flows of docs/klaviyo.md.</summary>
    public static string OfTheManual => Filter([IsFalse, NotSet, Never(Started, 14)], [IsFalse, NotSet, Never(Reopened, 14)]);

    /// <summary>The segment of docs/klaviyo.md.</summary>
    public static string SegmentOfTheManual => Filter([IsTrue], [AtLeastOnce(Started, 14), AtLeastOnce(Reopened, 14)]);

    public static string Property(string name, string filter) => $$"""{"type":"profile-property","property":"properties['{{name}}']","filter":{{filter}}}""";

    public static string Never(string metric, int days) => Count(metric, "equals", 0, days);

    public static string AtLeastOnce(string metric, int days) => Count(metric, "greater-than", 0, days);

    public static string Count(string metric, string comparison, int value, int days) =>
        $$"""
        {"type":"profile-metric","metric_id":"{{metric}}","measurement":"count","measurement_filter":{"type":"numeric","operator":"{{comparison}}","value":{{value}}},
        "timeframe_filter":{"type":"date","operator":"in-the-last","unit":"day","quantity":{{days}}},"metric_filters":null}
        """;

    public static string Membership(bool isMember, params IEnumerable<string> groups) =>
        $$"""{"type":"profile-group-membership","is_member":{{(isMember ? "true" : "false")}},"group_ids":[{{string.Join(',', groups.Select(group => $"\"{group}\""))}}],"timeframe_filter":null}""";

    /// <summary>Groups, which are joined by AND, of conditions, which are joined by OR.</summary>
    public static string Filter(params IEnumerable<IEnumerable<string>> groups) =>
        $$"""{"condition_groups":[{{string.Join(',', groups.Select(group => $$"""{"conditions":[{{string.Join(',', group)}}]}"""))}}]}""";

    public static string Email(string id, string? next, string? filter = null, bool isTransactional = false, string status = "live") =>
        $$"""
        {"id":"{{id}}","type":"send-email","links":{"next":{{Text(next)}}},"data":{"status":"{{status}}",
        "message":{"id":"M{{id}}","name":"Email {{id}}","transactional":{{(isTransactional ? "true" : "false")}},"additional_filters":{{filter ?? "null"}} } } }
        """;

    public static string Wait(string id, string? next) => $$"""{"id":"{{id}}","type":"time-delay","links":{"next":{{Text(next)}}},"data":{"unit":"days","value":1} }""";

    public static string Split(string id, string filter, string? yes, string? no) =>
        $$"""{"id":"{{id}}","type":"conditional-split","links":{"next_if_true":{{Text(yes)}},"next_if_false":{{Text(no)}}},"data":{"profile_filter":{{filter}} } }""";

    /// <summary>A flow whose first step is its entry.</summary>
    public static string Flow(string? filter, params IEnumerable<string> steps) => FlowBy(Order, filter, steps);

    public static string FlowBy(string metric, string? filter, params IEnumerable<string> steps)
    {
        var actions = steps.ToList();
        var entry = JsonNode.Parse(actions[0])?["id"]?.ToJsonString();
        return $$"""{"triggers":[{"type":"metric","id":"{{metric}}","trigger_filter":null}],"profile_filter":{{filter ?? "null"}},"entry_action_id":{{entry}},"actions":[{{string.Join(',', actions)}}]}""";
    }

    private static string Text(string? value) => value is null ? "null" : $"\"{value}\"";
}
