using System.Text.Json;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>The body of a 301 answer: the customer was merged into another.</summary>
public sealed record GladlyErrors
{
    /// <summary>A list of errors, or one error by itself: Gladly's documentation shows both.</summary>
    public JsonElement Errors { get; init; }

    /// <summary>The id that the customer has now, if the answer names one.</summary>
    public string? MovedTo => Errors.ValueKind switch
    {
        JsonValueKind.Array => Errors.EnumerateArray().Select(NewId).FirstOrDefault(id => id is not null),
        _ => NewId(Errors),
    };

    private static string? NewId(JsonElement error) =>
        Member(error, "code") is { ValueKind: JsonValueKind.String } code && code.ValueEquals("moved")
        && Member(error, "meta") is { } meta && Member(meta, "new") is { ValueKind: JsonValueKind.String } id
            ? HelpdeskId.Of(id.GetString())
            : null;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
}
