using System.Text.Json;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>An event as the simulator's state shows it.</summary>
internal sealed record RecordedByKlaviyo(
    string Metric, string Email, string? ProfileProperty, IReadOnlyDictionary<string, string> Properties)
{
    public static RecordedByKlaviyo Parse(JsonElement json) => new(
        json.GetProperty("metric").GetString() ?? "",
        json.GetProperty("email").GetString() ?? "",
        ProfileProperties(json.GetProperty("profileProperties")),
        json.GetProperty("properties").EnumerateObject()
            .ToDictionary(property => property.Name, property => Text(property.Value), StringComparer.Ordinal));

    private static string? ProfileProperties(JsonElement json)
    {
        var properties = json.EnumerateObject().Select(property => $"{property.Name} = {Text(property.Value)}").ToArray();
        return properties.Length == 0 ? null : string.Join(", ", properties);
    }

    // A string may be escaped in more than one way; it is the characters that count.
    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText();
}
