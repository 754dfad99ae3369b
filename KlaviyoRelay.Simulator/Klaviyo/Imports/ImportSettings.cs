namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>How the simulated Klaviyo imports: the part <c>imports</c> of the settings.</summary>
internal sealed record ImportSettings
{
    public const string Run = "run";
    public const string Stuck = "stuck";
    public const string Cancelled = "cancelled";

    /// <summary>How long a job waits before it is processed.</summary>
    public int QueuedMs { get; init; } = 1000;

    /// <summary>How many profiles of a job are processed in a second.</summary>
    public int ProfilesPerSecond { get; init; } = 10_000;

    /// <summary>What becomes of jobs that are created from now on: run, stuck (never complete) or cancelled.</summary>
    public string Outcome { get; init; } = Run;

    /// <summary>Profiles with this text in an identifier pass the check and fail in the import.</summary>
    public string? Failing { get; init; }

    /// <summary>The beginnings of phone numbers that the account takes; none for all.</summary>
    public IReadOnlyList<string> PhoneRegions { get; init; } = [];

    /// <summary>Whether a phone that is not taken refuses the job, or fails its profile only.</summary>
    public bool RefusesPhones { get; init; } = true;

    /// <summary>How many errors a refused job tells of; 0 for all.</summary>
    public int MostErrors { get; init; }

    /// <summary>Whether <c>original_payload</c> has the identifiers at its top, or is the resource with its attributes.</summary>
    public bool HasFlatPayload { get; init; } = true;

    /// <summary>False: imports are counted and their profiles forgotten, so that a million of them need little memory.</summary>
    public bool KeepsProfiles { get; init; } = true;
}
