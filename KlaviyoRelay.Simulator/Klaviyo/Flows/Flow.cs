namespace KlaviyoRelay.Simulator.Klaviyo.Flows;

/// <summary>A flow and what starts it: a list that someone is added to, or a metric.</summary>
internal sealed record Flow(string Id, string Name, string Status, DateTimeOffset Created)
{
    public string? ListId { get; init; }

    public string? Metric { get; init; }

    /// <summary>The trigger in Klaviyo's words.</summary>
    public string TriggerType => ListId is null ? "Metric" : "Added to List";
}
