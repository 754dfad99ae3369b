namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>How jobs are imported; what is not given stays as it is.</summary>
internal sealed record ImportSettingsInput
{
    public int? QueuedMs { get; init; }

    public int? ProfilesPerSecond { get; init; }

    public string? Outcome { get; init; }

    public string? Failing { get; init; }

    public IReadOnlyList<string>? PhoneRegions { get; init; }

    /// <summary>What a phone that is not taken does: refuse the job, or fail its profile.</summary>
    public string? BadPhones { get; init; }

    public int? MostErrors { get; init; }

    /// <summary>Where <c>original_payload</c> has the identifiers: at its top, or under attributes.</summary>
    public string? OriginalPayload { get; init; }

    /// <summary>Profiles, or counts only.</summary>
    public string? Keep { get; init; }
}
