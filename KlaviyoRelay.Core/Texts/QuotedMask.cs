using System.Text.RegularExpressions;

namespace KlaviyoRelay.Core.Texts;

/// <summary>
/// Makes what an error quotes unreadable, because it may quote a customer: <c>'Jane Doe'</c> becomes <c>'J•••'</c>. The
/// words of the API itself, such as <c>'phone_number'</c>, stay.
/// </summary>
public static partial class QuotedMask
{
    private static readonly HashSet<string> ApiWords = new(StringComparer.Ordinal)
    {
        "account", "attributes", "conversation", "customer", "data", "email", "event", "event-bulk-create", "event-bulk-create-job", "events",
        "events-bulk-create", "fields[profile]", "filter", "id", "meta", "metric", "name", "page[size]", "phone_number", "profile", "properties",
        "revision", "time", "type", "unique_id", "value", "value_currency",
    };

    public static string Apply(string text) => Quoted().Replace(text, match =>
    {
        var quoted = match.Groups["text"].Value;
        return ApiWords.Contains(quoted) || quoted.Contains('•', StringComparison.Ordinal)
            ? match.Value
            : $"{match.Groups["open"].Value}{quoted[..(char.IsHighSurrogate(quoted[0]) ? Math.Min(2, quoted.Length) : 1)]}•••{match.Groups["close"].Value}";
    });

    // Not the apostrophe within a word.
    [GeneratedRegex("""(?<![\w])(?<open>['"`“‘„«])(?<text>[^\r\n]{1,300}?)(?<close>['"`”’“»])(?!\w)""")]
    private static partial Regex Quoted();
}
