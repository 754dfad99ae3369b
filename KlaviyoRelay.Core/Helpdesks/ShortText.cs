using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Texts of helpdesks, short enough that a message always fits its queue, and without controls: Klaviyo may refuse some.</summary>
public static class ShortText
{
    public const int MaxChannelLength = 200;

    /// <summary>The text, cut off after so many characters; null when it is blank.</summary>
    public static string? Of(string? text, int length)
    {
        if (text is null || VisibleText.Of(text).Length == 0)
        {
            return null;
        }

        var clean = VisibleText.WithoutControls(text);

        // Not between the two halves of one character.
        return clean.Length <= length ? clean : clean[..(char.IsHighSurrogate(clean[length - 1]) ? length - 1 : length)];
    }
}
