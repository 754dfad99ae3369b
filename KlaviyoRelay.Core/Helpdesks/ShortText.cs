namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Texts of helpdesks, short enough that a message always fits its queue.</summary>
internal static class ShortText
{
    public const int MaxChannelLength = 200;

    /// <summary>The text, cut off after so many characters; null when it is blank.</summary>
    public static string? Of(string? text, int length)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Not between the two halves of one character.
        return text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
