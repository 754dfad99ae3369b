namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record KeyInput
{
    public string? Key { get; init; }

    public string? State { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Another key of the same Klaviyo account.</summary>
    public string? SameAccountAs { get; init; }
}
