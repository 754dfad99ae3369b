using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>
/// Counts a run from what is stored of it: a sum of states and no running count, so that it says the same however often a
/// crash had work repeated.
/// </summary>
public static class RunAccount
{
    /// <param name="bodies">What was read.</param>
    /// <param name="stateOf">What became of a chunk, by its number; null when nothing was sent of it.</param>
    public static RunCounts Count(IEnumerable<BodyState> bodies, Func<int, ChunkState?> stateOf)
    {
        var all = RunCounts.None;
        foreach (var body in bodies)
        {
            all += RunCounts.None with { Read = body.Read, Rejected = body.Rejections.Count };
            foreach (var chunk in body.Chunks)
            {
                all += Count(chunk, stateOf(chunk.Number) ?? new ChunkState());
            }
        }

        return all;
    }

    /// <summary>The rows of a chunk. They are among those that its body has read.</summary>
    public static RunCounts Count(ChunkInfo chunk, ChunkState state)
    {
        var counts = RunCounts.None;
        foreach (var bucket in Buckets(chunk, state))
        {
            counts = counts.Add(1, bucket);
        }

        // Klaviyo counts failures that it does not name: these rows are somewhere among the loaded.
        var unnamed = state.Jobs.Where(job => job.End == JobEnd.Complete).Sum(job => Math.Max(0, job.Failed - job.Errors.Count));
        return counts.Move(Math.Min(unnamed, counts.Loaded), RunBucket.Loaded, RunBucket.AcceptedWithoutResult);
    }

    /// <summary>The bucket of each entry of a chunk.</summary>
    public static RunBucket[] Buckets(ChunkInfo chunk, ChunkState state)
    {
        var buckets = new RunBucket[chunk.Count];
        // A job that was posted twice is here twice: the one that tells more counts.
        foreach (var job in state.Jobs.OrderByDescending(job => job.End))
        {
            Set(buckets, EntryRange.Expand(job.Entries), job.End switch
            {
                JobEnd.Complete => RunBucket.Loaded,
                JobEnd.WithoutResult => RunBucket.AcceptedWithoutResult,
                _ => null,
            });
        }

        Set(buckets, state.Rejections.Concat(state.Jobs.SelectMany(job => job.Errors)).Select(rejection => rejection.Index), RunBucket.Rejected);
        Set(buckets, chunk.Superseded, RunBucket.Superseded);
        return buckets;
    }

    /// <summary>The entries of a chunk that are still to be sent.</summary>
    public static IReadOnlyList<int> Unsent(ChunkInfo chunk, ChunkState state)
    {
        var done = EntryRange.Expand(state.Jobs.SelectMany(job => job.Entries)).Concat(state.Rejections.Select(rejection => rejection.Index)).Concat(chunk.Superseded).ToHashSet();
        return [.. Enumerable.Range(0, chunk.Count).Where(index => !done.Contains(index))];
    }

    private static void Set(RunBucket[] buckets, IEnumerable<int> indexes, RunBucket? bucket)
    {
        if (bucket is { } known)
        {
            foreach (var index in indexes)
            {
                buckets[index] = known;
            }
        }
    }
}
