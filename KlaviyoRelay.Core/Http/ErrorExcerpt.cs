using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// The beginning of an error's body, whatever its form, for a person who has to find out who answered. Emails, phone
/// numbers and what stands in quotation marks are masked.
/// </summary>
public static partial class ErrorExcerpt
{
    private const int MaxLength = 200;

    // A page begins with its head; what it says stands within this.
    private const int MaxRead = 8192;

    // What an error calls its words, whichever API or proxy it is of.
    private static readonly string[] Worded = ["code", "error", "title", "message", "detail", "description", "error_description", "reason", "status"];

    /// <summary>How a sentence about the answer ends: with a colon and the excerpt, or with a full stop where the body says nothing.</summary>
    public static async Task<string> EndOfSentenceAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        Of(await response.Content.ReadAsByteArrayAsync(cancellationToken)) is { Length: > 0 } excerpt ? $": {excerpt}" : ".";

    /// <summary>As above, of an answer whose body is there already.</summary>
    public static string EndOfSentence(HttpResponseMessage response)
    {
        using var body = response.Content.ReadAsStream();
        var beginning = new byte[MaxRead];
        return Of(beginning.AsSpan(0, body.ReadAtLeast(beginning, MaxRead, throwOnEndOfStream: false))) is { Length: > 0 } excerpt ? $": {excerpt}" : ".";
    }

    public static string Of(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxRead)]);
        var plain = Words(text) ?? Tags().Replace(Unseen().Replace(text, " "), " ");
        var masked = QuotedMask.Apply(EmailMask.Apply(Blanks().Replace(plain, " ").Trim()));
        return masked.Length <= MaxLength ? masked : $"{masked[..MaxLength]}…";
    }

    /// <summary>What a JSON body says in words; null when it is none.</summary>
    private static string? Words(string text)
    {
        if (!text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{"))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text.Trim('\uFEFF'));
            return string.Join(' ', WordsOf(document.RootElement, depth: 0));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> WordsOf(JsonElement element, int depth) => element.ValueKind switch
    {
        JsonValueKind.Array when depth < 3 => element.EnumerateArray().SelectMany(one => WordsOf(one, depth + 1)),
        JsonValueKind.Object when depth < 3 => element.EnumerateObject().SelectMany(member => member.Value.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Number => Worded.Contains(member.Name, StringComparer.OrdinalIgnoreCase) ? [$"{member.Value}"] : Array.Empty<string>(),
            _ => WordsOf(member.Value, depth + 1),
        }),
        _ => [],
    };

    [GeneratedRegex("<(script|style)\\b.*?(</\\1\\s*>|\\z)|<!--.*?(-->|\\z)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unseen();

    [GeneratedRegex("<[^>]{0,2000}(>|\\z)")]
    private static partial Regex Tags();

    [GeneratedRegex("[\\s\\p{C}]+")]
    private static partial Regex Blanks();
}
