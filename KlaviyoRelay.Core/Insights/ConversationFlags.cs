using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Insights;

/// <summary>What the relay itself writes to a profile, as Klaviyo has it. Pure.</summary>
public static class ConversationFlags
{
    /// <summary>The properties that say whether the customer is in a conversation.</summary>
    /// <param name="connections">Those that feed the account.</param>
    /// <param name="properties">The profile's custom properties.</param>
    public static IReadOnlyList<ConversationFlag> Of(IEnumerable<Connection> connections, JsonElement? properties) =>
        [.. connections.Select(connection => connection.ProfileProperty).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new ConversationFlag(name, ValueOf(properties, name)))];

    /// <summary>The names of the connections' metrics.</summary>
    public static IReadOnlySet<string> MetricsOf(IEnumerable<Connection> connections) =>
        connections.SelectMany(connection => Enum.GetValues<ConversationEventKind>().Select(connection.MetricFor)).ToHashSet(StringComparer.Ordinal);

    private static bool? ValueOf(JsonElement? properties, string name) =>
        properties is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        }
        : null;
}
