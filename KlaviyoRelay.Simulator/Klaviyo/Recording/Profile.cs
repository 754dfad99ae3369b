namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>A profile of an account. Never changed, only replaced, so that it can be read without a lock.</summary>
internal sealed record Profile
{
    public required string Id { get; init; }

    /// <summary>In lower case: Klaviyo compares addresses that way.</summary>
    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }

    public string? ExternalId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public DateTimeOffset? LastEvent { get; init; }

    /// <summary>How many events it has.</summary>
    public int Events { get; init; }

    /// <summary>How often an import wrote it.</summary>
    public int Imports { get; init; }

    /// <summary>What it may be sent, in Klaviyo's form; null for a profile that never gave a consent.</summary>
    public ReadOnlyMemory<byte>? Subscriptions { get; init; }

    /// <summary>The ids of the segments it is in.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>JSON values by member name.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Details { get; init; }

    /// <summary>JSON values by property name.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Properties { get; init; }
}
