using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Records.Changes;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>
/// Ends the run in hand when every row is accounted for: only then is it known which rows keep their old hash. A run that
/// waits for a person must not stop the schedule, so after a day what is not known counts as failed.
/// </summary>
public sealed class SourceEnd(SourceStore source, StateStore states, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>The state without the run; null as long as the run has not ended.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public async Task<SourceState?> TryEndAsync(Sync sync, SqlQuery query, SourceState state, SourceRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(run);
        var ledgers = new List<(SourcePart Part, RunLedger? Ledger)>();
        foreach (var part in run.Parts)
        {
            ledgers.Add((part, await RunLedger.ReadAsync(states, new RecordNames(part.Sync, part.Run), cancellationToken)));
        }

        if (ledgers.Exists(one => one.Ledger is { Run.EndedAt: null }) && clock.WallTime() - run.Due < LongestWait)
        {
            return null;
        }

        if (query.IsCompared)
        {
            var failed = new HashSet<int>();
            foreach (var (part, ledger) in ledgers.Where(one => one.Part.First > 0))
            {
                var next = run.Parts.Select(one => one.First).Where(first => first > part.First).DefaultIfEmpty(run.Sent + 1).Min();
                var rows = await FailedRows.ReadAsync(states, ledger, next - part.First, cancellationToken);
                failed.UnionWith(rows.Select(row => part.First + row - 1));
            }

            var last = await source.ReadLastAsync(sync, cancellationToken);
            var result = await source.ReadResultAsync(sync, run.Parts.Count, cancellationToken);
            await source.WriteLastAsync(sync, Comparison.Next(last, result, failed.Contains, run.IsLeftDone), cancellationToken);
        }

        var ended = await source.UpdateAsync(sync, _ => state with { Run = null }, cancellationToken);
        await source.DeleteResultsAsync(sync, query.IsCompared ? run.Parts.Count : 0, cancellationToken);
        return ended;
    }
}
