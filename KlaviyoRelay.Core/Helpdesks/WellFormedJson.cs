using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>
/// JSON whose texts can all be read. Helpdesks cut texts off within an emoji, and the JSON reader then refuses the
/// text and everything around it.
/// </summary>
public static partial class WellFormedJson
{
    /// <summary>The JSON, with each half of a character and each byte that is no UTF-8 replaced by U+FFFD.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json)
    {
        if (Utf8.IsValid(json) && json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
        {
            return json;
        }

        return Encoding.UTF8.GetBytes(Escape().Replace(Encoding.UTF8.GetString(json), Whole));
    }

    /// <summary>A run of escapes: pairs stay, and halves are replaced.</summary>
    private static string Whole(Match escape) =>
        escape.Groups["half"].Success ? @"\ufffd" : escape.Value;

    // An escaped backslash is taken first, so that the "ud83d" behind it is text.
    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})")]
    private static partial Regex Escape();

    /// <summary>An answer's content; null when it is something else.</summary>
    public static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Of(await response.Content.ReadAsByteArrayAsync(cancellationToken)), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
