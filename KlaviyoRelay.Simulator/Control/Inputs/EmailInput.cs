namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record EmailInput
{
    public string? Email { get; init; }

    public bool Primary { get; init; }

    public bool Verified { get; init; }

    public bool Shared { get; init; }
}
