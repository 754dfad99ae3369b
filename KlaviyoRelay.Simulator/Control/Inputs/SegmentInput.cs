using System.Text.Json;

namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A segment that an account shall have, with its definition in Klaviyo's form.</summary>
internal sealed record SegmentInput
{
    public string? Key { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public JsonElement? Definition { get; init; }

    public bool? Active { get; init; }
}
