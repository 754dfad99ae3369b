using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>What reading a body gave. It is written once, when all of the body is read and its chunks are stored.</summary>
public sealed record BodyState
{
    public int Number { get; init; }

    /// <summary>How many rows it has.</summary>
    public int Read { get; init; }

    /// <summary>The rows that were not mapped.</summary>
    public IReadOnlyList<RowRejection> Rejections { get; init; } = [];

    public IReadOnlyList<RowWarning> Warnings { get; init; } = [];

    public IReadOnlyList<ChunkInfo> Chunks { get; init; } = [];
}

/// <summary>What became of a chunk so far. Every change is written as a whole, so that a repeat after a crash says the same.</summary>
public sealed record ChunkState
{
    public IReadOnlyList<JobState> Jobs { get; init; } = [];

    /// <summary>The entries that Klaviyo refused before it took a job.</summary>
    public IReadOnlyList<EntryRejection> Rejections { get; init; } = [];

    public IReadOnlyList<RowWarning> Warnings { get; init; } = [];
}

/// <summary>An entry of a chunk that was refused.</summary>
/// <param name="Index">Its index in the chunk.</param>
/// <param name="Rejection">Why.</param>
public sealed record EntryRejection(int Index, RowRejection Rejection);

/// <summary>How a job ended.</summary>
public enum JobEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>Klaviyo has worked on all of it.</summary>
    Complete,

    /// <summary>What became of it can't be told.</summary>
    WithoutResult,
}

/// <summary>A job that Klaviyo accepted.</summary>
public sealed record JobState
{
    /// <summary>Its id; null for events and single profiles, which have none.</summary>
    public string? Id { get; init; }

    /// <summary>The entries in it, as ranges.</summary>
    public IReadOnlyList<EntryRange> Entries { get; init; } = [];

    public DateTimeOffset PostedAt { get; init; }

    public JobEnd End { get; init; }

    /// <summary>How many of its rows failed, by Klaviyo's own count.</summary>
    public int Failed { get; init; }

    /// <summary>The rows that Klaviyo named as failed.</summary>
    public IReadOnlyList<EntryRejection> Errors { get; init; } = [];

    /// <summary>Why there is no result, or what does not fit in it; null for nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>Entries that follow each other.</summary>
/// <param name="First">The first.</param>
/// <param name="Count">How many.</param>
public sealed record EntryRange(int First, int Count)
{
    /// <summary>The entries as few ranges.</summary>
    /// <param name="indexes">The entries in rising order.</param>
    public static IReadOnlyList<EntryRange> Of(IEnumerable<int> indexes)
    {
        var ranges = new List<EntryRange>();
        foreach (var index in indexes)
        {
            if (ranges is [.., var last] && last.First + last.Count == index)
            {
                ranges[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                ranges.Add(new EntryRange(index, 1));
            }
        }

        return ranges;
    }

    public static IEnumerable<int> Expand(IEnumerable<EntryRange> ranges) => ranges.SelectMany(range => Enumerable.Range(range.First, range.Count));
}
