namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A template that an account shall have.</summary>
internal sealed record TemplateInput
{
    public string? Key { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Html { get; init; }
}
