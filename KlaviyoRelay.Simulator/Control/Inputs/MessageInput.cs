namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A message that a profile has got.</summary>
internal sealed record MessageInput
{
    public string? Key { get; init; }

    public string? Email { get; init; }

    /// <summary>When; now without it.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Such as <c>Received SMS</c>.</summary>
    public string? Metric { get; init; }

    /// <summary>The flow's id; none for a campaign's.</summary>
    public string? Flow { get; init; }

    /// <summary>The message's id.</summary>
    public string? Message { get; init; }

    public string? Name { get; init; }
}
