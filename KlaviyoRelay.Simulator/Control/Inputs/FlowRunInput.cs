namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A profile that goes through a flow now.</summary>
internal sealed record FlowRunInput
{
    public string? Key { get; init; }

    /// <summary>The flow's id.</summary>
    public string? Flow { get; init; }

    public string? Email { get; init; }
}
