using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Conditions;

/// <summary>What conditions can ask of a profile at one moment.</summary>
/// <param name="Now">The moment.</param>
internal sealed record Person(DateTimeOffset Now)
{
    /// <summary>A profile of an account as it is now.</summary>
    public static Person Of(AccountData data, Profile profile, DateTimeOffset now) => new(now)
    {
        Properties = profile.Properties.ToDictionary(property => property.Key, property => JsonElement.Parse(property.Value.Span), StringComparer.Ordinal),
        Events = [.. data.Events.Where(recorded => recorded.ProfileId == profile.Id).Select(recorded => (data.Metrics.IdOf(recorded.Event.Metric) ?? "", recorded.Event.Time, EventsQuery.PropertiesOf(recorded)))],
        Lists = data.Lists.All.Where(list => list.Members.Find(profile.Id) is not null).Select(list => list.Id).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>Custom properties by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Properties { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>When the profile's events happened, the ids of their metrics, and their properties.</summary>
    public IReadOnlyList<(string Metric, DateTimeOffset Time, JsonElement Properties)> Events { get; init; } = [];

    /// <summary>The ids of the lists that the profile is a member of.</summary>
    public IReadOnlySet<string> Lists { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
