using System.Text.Json;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>A page of events with their metrics beside them.</summary>
public sealed record EventsAnswer
{
    public IReadOnlyList<Event?>? Data { get; set; }

    public IReadOnlyList<KlaviyoResource<MetricName>?>? Included { get; set; }

    /// <summary>Those whose metric and time are known.</summary>
    [JsonIgnore]
    public IEnumerable<ProfileEvent> Events
    {
        get
        {
            var metrics = (Included ?? []).Where(one => one is { Id: not null, Attributes.Name: not null }).DistinctBy(one => one?.Id).ToDictionary(one => one?.Id ?? "", one => one?.Attributes?.Name ?? "", StringComparer.Ordinal);
            foreach (var one in Data ?? [])
            {
                if (one is { Attributes: { } attributes, Relationships.Metric.Data.Id: { } metric } && metrics.TryGetValue(metric, out var name) && KlaviyoTime.Of(attributes.Datetime) is { } at)
                {
                    yield return new ProfileEvent(name, at, attributes.EventProperties);
                }
            }
        }
    }

    public sealed record Event
    {
        public TimelineAttributes? Attributes { get; set; }

        public TimelineRelationships? Relationships { get; set; }
    }

    public sealed record TimelineAttributes
    {
        public string? Datetime { get; set; }

        public JsonElement? EventProperties { get; set; }
    }

    public sealed record TimelineRelationships
    {
        public ToMetric? Metric { get; set; }
    }

    public sealed record ToMetric
    {
        public KlaviyoResource<MetricName>? Data { get; set; }
    }

    public sealed record MetricName
    {
        public string? Name { get; set; }
    }
}
