using System.Text.Json;

namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A flow that an account shall have: the list or the metric that starts it, or all of it in Klaviyo's form.</summary>
internal sealed record FlowInput
{
    public string? Key { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? List { get; init; }

    public string? Metric { get; init; }

    public bool? Archived { get; init; }

    public JsonElement? Definition { get; init; }
}
