using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Segments;

/// <summary>A segment, with its definition in Klaviyo's form.</summary>
internal sealed record Segment(string Id, string Name, JsonElement Definition, bool IsActive, DateTimeOffset Created);
