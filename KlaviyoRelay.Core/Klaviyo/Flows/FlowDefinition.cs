using System.Text.Json;
using KlaviyoRelay.Core.Klaviyo.Conditions;

namespace KlaviyoRelay.Core.Klaviyo.Flows;

/// <summary>What a flow does.</summary>
/// <param name="Metrics">The ids of the metrics that start it.</param>
/// <param name="Filter">Its profile filters, which Klaviyo looks at before every message.</param>
/// <param name="Entry">The step that comes first.</param>
/// <param name="Steps">Its steps by their ids.</param>
public sealed record FlowDefinition(IReadOnlyList<string> Metrics, ConditionGroups Filter, string? Entry, IReadOnlyDictionary<string, FlowStep> Steps)
{
    /// <summary>The lists and segments that its filters name.</summary>
    public IEnumerable<string> Groups => Steps.Values.SelectMany(step => step.Filter.Groups.Concat(step.Split.Groups)).Concat(Filter.Groups);

    /// <summary>Null when it is of another form.</summary>
    public static FlowDefinition? Read(JsonElement? definition)
    {
        if (definition?.Member("actions") is not { ValueKind: JsonValueKind.Array } actions)
        {
            return null;
        }

        var steps = actions.EnumerateArray().Select(FlowStep.Read).ToList();
        var triggers = definition.Value.Member("triggers") is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().ToList() : [];
        return steps.Exists(step => step is null) || steps.DistinctBy(step => step?.Id).Count() != steps.Count
            ? null
            : new FlowDefinition(
                [.. triggers.Where(trigger => trigger.Text("type") == "metric").Select(trigger => trigger.Text("id")).OfType<string>()],
                ConditionReader.Read(definition.Value.Member("profile_filter")),
                definition.Value.Text("entry_action_id"),
                steps.OfType<FlowStep>().ToDictionary(step => step.Id, StringComparer.Ordinal));
    }
}
