using System.Text.Json;
using KlaviyoRelay.Simulator.Gladly;

namespace KlaviyoRelay.Simulator.Control;

/// <summary>What an event needs to be served by <c>GET /gladly/api/v1/events</c>; the rest of it is given back as it came.</summary>
internal static class GladlyEventRules
{
    public static string? Problem(JsonElement input, int index)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return $"'[{index}]' must be an object.";
        }

        if (Text(input, "type") is not { Length: > 0 })
        {
            return $"'[{index}].type' is required, such as CONVERSATION/CREATED.";
        }

        return Text(input, "timestamp") is { } timestamp && GladlyTime.TryParse(timestamp, out _)
            ? null
            : $"'[{index}].timestamp' must be an ISO 8601 date and time.";
    }

    public static (string Type, DateTimeOffset Timestamp) Read(JsonElement input)
    {
        _ = GladlyTime.TryParse(Text(input, "timestamp") ?? "", out var timestamp);
        return (Text(input, "type") ?? "", timestamp);
    }

    private static string? Text(JsonElement input, string name) =>
        input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
