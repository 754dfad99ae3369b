using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo.Conditions;

/// <summary>Members of JSON that may be of any form.</summary>
public static class JsonMembers
{
    /// <summary>Null when there is none, or it is null.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static string? Text(this JsonElement json, string name) => json.Member(name)?.Text();

    /// <summary>A text, or a number as it is written.</summary>
    public static string? Text(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetRawText(),
        _ => null,
    };

    public static bool? Flag(this JsonElement json, string name) => json.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static double? Number(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out var value) ? value : null;
}
