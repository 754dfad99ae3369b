using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Ids of helpdesks: they become parts of addresses and of the relay's own ids.</summary>
public static class HelpdeskId
{
    /// <summary>The id without what can't be seen; null when it is none.</summary>
    public static string? Of(string? text) => text is not null && VisibleText.Of(text) is var id && IsOne(id) ? id : null;

    /// <summary>Whether the text, which holds nothing invisible, is an id of a length that is accepted.</summary>
    public static bool IsOne(string text) => text.Length is > 0 and <= ConversationEvent.MaxIdLength && !IsMeaningless(text);

    /// <summary>"." and ".." would mean another address, and a character that was lost would make two ids one.</summary>
    public static bool IsMeaningless(string text) => text is "." or ".." || text.Contains(VisibleText.Unreadable, StringComparison.Ordinal);
}
