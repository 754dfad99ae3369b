namespace KlaviyoRelay.Dashboard.Act;

/// <summary>How many letters something was done with.</summary>
internal sealed record LetterCount(int Count);
