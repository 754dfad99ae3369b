namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>What came of a command.</summary>
internal sealed record DeadLetterReport
{
    /// <summary>The letters that were found, released, redriven or purged.</summary>
    public IReadOnlyList<FoundMessage> Letters { get; init; } = [];

    /// <summary>How many messages were met that are no dead letters of this version.</summary>
    public int Unreadable { get; init; }

    /// <summary>Whether there are more letters than were asked for.</summary>
    public bool HasMore { get; init; }

    /// <summary>Why it did not come to its end, and what to do; null when it did.</summary>
    public string? Error { get; init; }

    public static DeadLetterReport Failed(string error) => new() { Error = error };
}
