namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A flow that an account shall have, and the list or the metric that starts it.</summary>
internal sealed record FlowInput
{
    public string? Key { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? List { get; init; }

    public string? Metric { get; init; }
}
