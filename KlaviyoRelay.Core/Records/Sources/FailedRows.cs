using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>The rows of a run of which it is not known that Klaviyo has them.</summary>
public static class FailedRows
{
    /// <param name="states">The store.</param>
    /// <param name="ledger">The run; null when it is gone.</param>
    /// <param name="count">How many rows it has.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Their numbers in the run.</returns>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public static async Task<IReadOnlySet<int>> ReadAsync(StateStore states, RunLedger? ledger, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (ledger?.Bodies is not [var body])
        {
            return Enumerable.Range(1, count).ToHashSet();
        }

        var failed = body.Rejections.Select(rejection => rejection.Row).ToHashSet();
        foreach (var chunk in body.Chunks)
        {
            var state = ledger.Chunks.GetValueOrDefault(chunk.Number) ?? new ChunkState();
            var entries = Entries(chunk, state).ToList();
            if (entries.Count > 0 && await states.ReadAsync(ledger.Names.ChunkMap(chunk.Number), RecordJsonContext.Default.ChunkMap, cancellationToken) is { } map)
            {
                failed.UnionWith(entries.Select(index => map.Entries[index].Row));
            }
        }

        return failed;
    }

    /// <summary>The entries of a chunk that were refused, are held, or are of an import job that does not tell of each row.</summary>
    private static IEnumerable<int> Entries(ChunkInfo chunk, ChunkState state)
    {
        var superseded = chunk.Superseded.ToHashSet();
        var untold = EntryRange.Expand(state.Jobs.Where(job => job.Id is not null && (job.End != JobEnd.Complete || job.Failed > job.Errors.Count)).SelectMany(job => job.Entries));
        return RunAccount.Buckets(chunk, state).Index()
            .Where(entry => entry.Item is RunBucket.Rejected or RunBucket.Held)
            .Select(entry => entry.Index)
            .Concat(untold.Where(index => !superseded.Contains(index)))
            .Distinct();
    }
}
