using System.Globalization;
using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo.Conditions;

/// <summary>A definition as a text that is the same for every way of writing it: the order of members, groups and conditions says nothing, nor does what is null or empty.</summary>
public static class DefinitionText
{
    public static bool AreSame(JsonElement one, JsonElement other) => Of(one) == Of(other);

    private static string Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Where(member => !IsNothing(member.Value)).OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{Of(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Of).Order(StringComparer.Ordinal))}]",
        JsonValueKind.Number => json.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => $"\"{JsonEncodedText.Encode(json.GetString() ?? "")}\"",
        var kind => $"{kind}",
    };

    private static bool IsNothing(JsonElement json) => json.ValueKind == JsonValueKind.Null || (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0);
}
