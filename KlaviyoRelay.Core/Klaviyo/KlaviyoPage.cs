using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Klaviyo.Flows;
using KlaviyoRelay.Core.Klaviyo.Jobs;
using KlaviyoRelay.Core.Klaviyo.Lists;
using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>A page of resources.</summary>
public sealed record KlaviyoPage<T>
{
    public IReadOnlyList<KlaviyoResource<T>?>? Data { get; set; }

    public KlaviyoLinks? Links { get; set; }
}

/// <summary>One resource, in the answer that holds no other.</summary>
public sealed record KlaviyoDocument<T>
{
    public KlaviyoResource<T>? Data { get; set; }
}

/// <summary>A resource with its attributes.</summary>
public sealed record KlaviyoResource<T>
{
    public string? Id { get; set; }

    public T? Attributes { get; set; }

    public KlaviyoRelationships? Relationships { get; set; }
}

/// <summary>What belongs to a resource; only what the relay reads.</summary>
public sealed record KlaviyoRelationships
{
    public KlaviyoRelated? Profile { get; set; }
}

/// <summary>A resource that another one belongs to.</summary>
public sealed record KlaviyoRelated
{
    public KlaviyoIdentity? Data { get; set; }
}

/// <summary>A resource's id.</summary>
public sealed record KlaviyoIdentity
{
    public string? Id { get; set; }
}

/// <summary>Where the next page is.</summary>
public sealed record KlaviyoLinks
{
    public string? Next { get; set; }
}

/// <summary>JSON about profiles and lists from Klaviyo: lenient, because new fields may appear at any time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KlaviyoDocument<JobAttributes>))]
[JsonSerializable(typeof(KlaviyoDocument<ListAttributes>))]
[JsonSerializable(typeof(KlaviyoDocument<SegmentAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<EventAttributes>))]
[JsonSerializable(typeof(KlaviyoDocument<FlowAttributes>))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(KlaviyoPage<GroupAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<ConsentedProfileAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<FlowAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<JobAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<MetricAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<ImportErrorAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<ProfileIdAttributes>))]
[JsonSerializable(typeof(KlaviyoPage<SegmentAttributes>))]
[JsonSerializable(typeof(KlaviyoDocument<ProfileIdAttributes>))]
[JsonSerializable(typeof(ConflictAnswer))]
public sealed partial class KlaviyoResourcesJsonContext : JsonSerializerContext;
