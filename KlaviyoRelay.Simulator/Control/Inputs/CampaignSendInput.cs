namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A campaign that is sent now.</summary>
internal sealed record CampaignSendInput
{
    public string? Key { get; init; }

    public string? Id { get; init; }
}
