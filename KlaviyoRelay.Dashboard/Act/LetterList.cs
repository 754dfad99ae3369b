namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Letters, the oldest first.</summary>
/// <param name="Letters">The letters.</param>
/// <param name="HasMore">Whether there are more than were asked for.</param>
/// <param name="Unreadable">How many messages were met that are no letters.</param>
internal sealed record LetterList(IReadOnlyList<LetterRow> Letters, bool HasMore, int Unreadable);
