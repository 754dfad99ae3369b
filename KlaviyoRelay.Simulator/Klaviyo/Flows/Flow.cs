using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>A flow, what starts it, and what it does.</summary>
internal sealed record Flow(string Id, string Name, string Status, DateTimeOffset Created)
{
    public string? ListId { get; init; }

    public string? Metric { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>Triggers, filters and actions, in Klaviyo's form.</summary>
    public JsonElement? Definition { get; init; }

    /// <summary>The trigger in Klaviyo's words.</summary>
    public string TriggerType => ListId is not null ? "Added to List" : Metric is not null ? "Metric" : "Unconfigured";
}
