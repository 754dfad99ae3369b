using System.Text.Json;
using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Audit.Segments;

/// <summary>How a segment in Klaviyo compares with the wanted one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SegmentState>))]
public enum SegmentState
{
    /// <summary>There is none of the name.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>Its conditions differ, or Klaviyo no longer computes it.</summary>
    [JsonStringEnumMemberName("differs")]
    Differs,

    /// <summary>It is as it should be.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It was made now.</summary>
    [JsonStringEnumMemberName("created")]
    Created,

    /// <summary>It was given its conditions back now.</summary>
    [JsonStringEnumMemberName("repaired")]
    Repaired,

    /// <summary>It can't be made, or not yet.</summary>
    [JsonStringEnumMemberName("not-possible")]
    NotPossible,

    /// <summary>Klaviyo did not take it.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>A segment, and what was found or done.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">The state.</param>
/// <param name="Detail">What to know, and what to do; null for nothing.</param>
/// <param name="Id">Klaviyo's id; null when there is none.</param>
/// <param name="Definition">The wanted conditions, in Klaviyo's form; null when they can't be said yet.</param>
public sealed record SegmentItem(string Name, SegmentState State, string? Detail, string? Id, JsonElement? Definition);

/// <summary>The segments of an account.</summary>
public sealed record SegmentReport(string Account, [property: JsonPropertyOrder(1)] IReadOnlyList<SegmentItem> Items)
{
    /// <summary>Whether nothing is left to do that the relay could do.</summary>
    public bool Ok => Items.All(item => item.State is SegmentState.Ok or SegmentState.Created or SegmentState.Repaired or SegmentState.NotPossible);

    public int Count(SegmentState state) => Items.Count(item => item.State == state);
}
