using System.Text.Json;

namespace KlaviyoRelay.Simulator.Control.Inputs;

/// <summary>A profile that an account shall have.</summary>
internal sealed record ProfileInput
{
    public string? Key { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? ExternalId { get; init; }

    public JsonElement? Properties { get; init; }

    /// <summary>What it may be sent, in Klaviyo's form.</summary>
    public JsonElement? Subscriptions { get; init; }

    /// <summary>The ids of the segments it is in.</summary>
    public IReadOnlyList<string>? Segments { get; init; }

    /// <summary>The ids of the lists it is a member of.</summary>
    public IReadOnlyList<string>? Lists { get; init; }
}
