using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>Something that happened to a profile.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="At">When.</param>
/// <param name="Properties">The event's properties; an object, or nothing.</param>
public sealed record ProfileEvent(string Metric, DateTimeOffset At, JsonElement? Properties)
{
    /// <summary>A property that is a text; null when it is none.</summary>
    public string? Text(string name) =>
        Properties is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Reads events (developers.klaviyo.com, Get Events).</summary>
public sealed class EventClient(KlaviyoApi klaviyo)
{
    private const string Events = "api/events";
    private const string Query = "sort=-datetime&include=metric&fields%5Bevent%5D=datetime%2Cevent_properties&fields%5Bmetric%5D=name&page%5Bsize%5D=200";

    /// <summary>The last 200 events of a profile, the newest first.</summary>
    public async Task<Result<IReadOnlyList<ProfileEvent>>> LastAsync(KlaviyoAccount account, string profile, BatchBudget budget, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"equals(profile_id,\"{profile.Replace("\"", "", StringComparison.Ordinal)}\")");
        var call = new KlaviyoCall(account, Lane.Insights, KlaviyoEndpoint.ReadEvents, HttpMethod.Get, $"{Events}?filter={filter}&{Query}") { Route = Events };
        var page = await klaviyo.ReadAsync(call, KlaviyoResourcesJsonContext.Default.EventsAnswer, budget, cancellationToken);
        return !page.IsSuccess ? Result.Failed<IReadOnlyList<ProfileEvent>>(page.Failure)
            : page.Value.Data is null ? Result.Failed<IReadOnlyList<ProfileEvent>>(KlaviyoApi.Unreadable)
            : Result.Of<IReadOnlyList<ProfileEvent>>([.. page.Value.Events]);
    }
}

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
        public EventAttributes? Attributes { get; set; }

        public EventRelationships? Relationships { get; set; }
    }

    public sealed record EventAttributes
    {
        public string? Datetime { get; set; }

        public JsonElement? EventProperties { get; set; }
    }

    public sealed record EventRelationships
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
