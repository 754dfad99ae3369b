namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>One pass over the queues: which letters it is for, what it does with each (null for nothing), and what came of it so far.</summary>
internal sealed class DeadLetterWalk(DeadLetterFilter filter, Func<FoundMessage, bool>? choose, Func<FoundMessage, Task<bool>>? settle)
{
    private readonly List<FoundMessage> _letters = [];

    /// <summary>The messages to settle; empty for a walk that only looks.</summary>
    public IReadOnlySet<string> Ids { get; init; } = new HashSet<string>();

    public int Unreadable { get; set; }

    public bool HasMore { get; private set; }

    public async Task<bool> VisitAsync(FoundMessage found)
    {
        if (!filter.Matches(found) || (Ids.Count > 0 && !Ids.Contains(found.Message.Id)) || choose?.Invoke(found) == false)
        {
            return false;
        }

        if (HasMore || _letters.Count == filter.Max)
        {
            HasMore = true;
            return false;
        }

        if (settle is null || await settle(found))
        {
            _letters.Add(found);
        }

        return settle is not null;
    }

    public DeadLetterReport Report() => new() { Letters = _letters, Unreadable = Unreadable, HasMore = HasMore };
}

internal sealed record DeadLetterReport
{
    public IReadOnlyList<FoundMessage> Letters { get; init; } = [];

    /// <summary>How many messages were met that are no dead letters of this version.</summary>
    public int Unreadable { get; init; }

    public bool HasMore { get; init; }

    /// <summary>Why it did not come to its end, and what to do; null when it did.</summary>
    public string? Error { get; init; }

    public static DeadLetterReport Failed(string error) => new() { Error = error };
}
