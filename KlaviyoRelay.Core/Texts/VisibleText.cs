using System.Globalization;
using System.Text;

namespace KlaviyoRelay.Core.Texts;

/// <summary>Texts without what can't be seen: it comes from copying and templates, and no value is meant to hold it.</summary>
public static class VisibleText
{
    /// <summary>Stands where a text held half a character.</summary>
    public const char Unreadable = '\ufffd';

    /// <summary>
    /// A value that is compared or identifies something: without invisible characters (zero-width, byte order and
    /// direction marks, soft hyphens, controls), with plain blanks, and trimmed.
    /// </summary>
    public static string Of(string text)
    {
        if (IsPlain(text))
        {
            return text.Trim();
        }

        var visible = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var category = char.GetUnicodeCategory(character);
            if (char.IsWhiteSpace(character))
            {
                visible.Append(category == UnicodeCategory.SpaceSeparator ? ' ' : character);
            }
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                visible.Append(character);
            }
        }

        return visible.ToString().Trim();
    }

    /// <summary>A text for people, without controls. Tabs, line breaks and what joins or directs characters stay.</summary>
    public static string WithoutControls(string text) =>
        text.Any(IsNoise) ? string.Concat(text.Where(character => !IsNoise(character))) : text;

    private static bool IsNoise(char character) => char.IsControl(character) && character is not ('\t' or '\n' or '\r');

    // Nearly every text is: printable ASCII needs no copy.
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
