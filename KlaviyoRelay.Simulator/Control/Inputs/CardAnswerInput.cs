using System.Text.Json;

namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>What the card's command shall be answered with, of one customer or of all.</summary>
internal sealed record CardAnswerInput
{
    public string? Customer { get; init; }

    public int? Status { get; init; }

    public JsonElement? Body { get; init; }

    public bool? Fails { get; init; }

    public bool? Held { get; init; }
}
