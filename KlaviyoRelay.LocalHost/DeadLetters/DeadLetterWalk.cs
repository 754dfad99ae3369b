namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>One pass over the queues: which letters it is for, what it does with them, and what came of it so far.</summary>
/// <param name="filter">Which letters.</param>
/// <param name="choose">Which of these; null for all.</param>
/// <param name="settle">What is done with each; null for nothing.</param>
internal sealed class DeadLetterWalk(DeadLetterFilter filter, Func<FoundMessage, bool>? choose, Func<FoundMessage, Task<bool>>? settle)
{
    private readonly List<FoundMessage> _letters = [];

    /// <summary>The messages to settle; empty for a walk that only looks.</summary>
    public IReadOnlySet<string> Ids { get; init; } = new HashSet<string>();

    public int Unreadable { get; set; }

    /// <summary>Whether a letter was met beyond those that were asked for.</summary>
    public bool HasMore { get; private set; }

    /// <summary>True when the letter was settled.</summary>
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
