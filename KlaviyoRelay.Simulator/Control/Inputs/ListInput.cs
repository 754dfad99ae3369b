namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A list that an account shall have.</summary>
internal sealed record ListInput
{
    public string? Key { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? OptIn { get; init; }
}
