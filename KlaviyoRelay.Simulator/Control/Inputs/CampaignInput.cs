namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A campaign that an account shall have, and the lists and segments that it goes to or spares.</summary>
internal sealed record CampaignInput
{
    public string? Key { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Channel { get; init; }

    public string? Status { get; init; }

    public DateTimeOffset? SendAt { get; init; }

    /// <summary>The ids of its messages.</summary>
    public IReadOnlyList<string>? Messages { get; init; }

    public IReadOnlyList<string>? Included { get; init; }

    public IReadOnlyList<string>? Excluded { get; init; }
}
