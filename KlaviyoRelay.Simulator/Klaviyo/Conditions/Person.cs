using System.Text.Json;

namespace KlaviyoRelay.Simulator.Klaviyo.Conditions;

/// <summary>What conditions can ask of a profile at one moment.</summary>
/// <param name="Now">The moment.</param>
internal sealed record Person(DateTimeOffset Now)
{
    /// <summary>Custom properties by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Properties { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>When the profile's events happened, and the ids of their metrics.</summary>
    public IReadOnlyList<(string Metric, DateTimeOffset Time)> Events { get; init; } = [];

    /// <summary>The ids of the lists that the profile is a member of.</summary>
    public IReadOnlySet<string> Lists { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
