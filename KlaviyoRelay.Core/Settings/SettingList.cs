using System.Text;

namespace KlaviyoRelay.Core.Settings;

/// <summary>Lists in settings: values separated by commas. One that holds a comma is written in double quotes, as in <c>"Acme, Inc.",Other</c>.</summary>
public static class SettingList
{
    private const char Quote = '"';

    /// <summary>The values without blanks at their ends; empty ones are left out.</summary>
    public static IReadOnlyList<string> Of(string? text)
    {
        var values = new List<string>();
        for (var at = 0; at < text?.Length;)
        {
            var value = new StringBuilder();
            at = SkipBlanks(text, at);
            at = Quoted(text, at, value);
            var comma = text.IndexOf(',', at);
            var end = comma < 0 ? text.Length : comma;
            value.Append(text, at, end - at);
            at = end + 1;
            if (value.ToString().Trim() is { Length: > 0 } found)
            {
                values.Add(found);
            }
        }

        return values;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads what stands in quotes; two of them are one. A quote that has no end is a character like others.</summary>
    private static int Quoted(string text, int start, StringBuilder value)
    {
        if (start == text.Length || text[start] != Quote)
        {
            return start;
        }

        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] != Quote)
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == Quote)
            {
                value.Append(text[at++]);
            }
            else
            {
                return at + 1;
            }
        }

        value.Clear();
        return start;
    }
}
