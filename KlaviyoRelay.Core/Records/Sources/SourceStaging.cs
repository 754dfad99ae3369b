using KlaviyoRelay.Core.Records.Changes;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>
/// Stages the parts of a result. A part is stored first, then the state names it, then it is queued, then the state says so:
/// after a crash in between, what the state does not name is read again, and what it names is queued again.
/// </summary>
public sealed partial class SourceStaging(SourceStore source, StagedRuns runs, Syncs syncs, ILogger<SourceStaging> logger)
{
    /// <summary>Queues what is stored and not queued. The mark moves with it.</summary>
    public async Task<SourceState> QueueAsync(Sync sync, SourceState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Run is not { } run || run.Parts.All(part => part.IsQueued))
        {
            return state;
        }

        foreach (var part in run.Parts.Where(part => !part.IsQueued))
        {
            await runs.QueueAsync(part, cancellationToken);
        }

        return await SaveAsync(
            sync,
            state with { Mark = SinceMark.Greater(state.Mark, run.Greatest), Run = run with { Parts = [.. run.Parts.Select(part => part with { IsQueued = true })] } },
            cancellationToken);
    }

    /// <summary>Stages a part after which the result goes on.</summary>
    public async Task<SourceState> EndPartAsync(Sync sync, SourceState state, PartInHand part, ChangeTracker? tracker, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        return await SaveAndQueueAsync(sync, state, await StageAsync(sync, RunOf(state), part, cancellationToken), tracker?.Result(), cancellationToken);
    }

    /// <summary>Stages the last part, and the rows that left.</summary>
    public async Task<SourceState> EndAsync(Sync sync, SqlQuery query, SourceState state, PartInHand part, ChangeTracker? tracker, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(part);
        // A part that goes on in a result can find nothing more. The first is there always, so that each run can be looked at.
        var run = part.Read == 0 && RunOf(state).Parts.Count > 0 ? RunOf(state) : await StageAsync(sync, RunOf(state), part, cancellationToken);
        var result = tracker?.Result();
        if (query.DeletesLeft && tracker is not null && result is not null)
        {
            run = await StageLeftAsync(sync, query, run, tracker.Last, result, cancellationToken);
        }

        return await SaveAndQueueAsync(sync, state, run with { IsRead = true }, result, cancellationToken);
    }

    private static SourceRun RunOf(SourceState state) => state.Run ?? throw new InvalidOperationException("No run is in hand.");

    private async Task<SourceRun> StageAsync(Sync sync, SourceRun run, PartInHand part, CancellationToken cancellationToken)
    {
        var id = StagedRuns.IdOf(sync, run.Due, part.Number);
        var (rows, unchanged) = (part.Body.Count, part.Unchanged);
        await runs.StageAsync(sync, id, part.Body, unchanged, cancellationToken);
        Log.Staged(logger, id, sync.Name, rows, unchanged);
        return run with
        {
            Parts = [.. run.Parts, new SourcePart(sync.Name, id, part.First)],
            Sent = run.Sent + rows,
            After = part.Last,
            Greatest = part.Greatest,
        };
    }

    private async Task<SourceRun> StageLeftAsync(Sync sync, SqlQuery query, SourceRun run, KnownRows last, KnownRows result, CancellationToken cancellationToken)
    {
        if (LeftGuard.Refuse(last.Count, result.Count, Comparison.Left(last, result).Count(), query.AllowsLargeDelete) is { } refusal)
        {
            Log.NotDeleted(logger, sync.Name, refusal);
            return run with { IsLeftDone = false };
        }

        using var body = LeftRows.Stage(Comparison.Deleted(last, result));
        if (body.Count == 0 || syncs.Find(LeftRows.NameOf(sync.Name)) is not { } left)
        {
            return run;
        }

        var (id, rows) = (StagedRuns.IdOf(left, run.Due, part: 1), body.Count);
        await runs.StageAsync(left, id, body, unchanged: 0, cancellationToken);
        Log.Left(logger, id, sync.Name, rows);
        return run with { Parts = [.. run.Parts, new SourcePart(left.Name, id, First: 0)] };
    }

    private async Task<SourceState> SaveAndQueueAsync(Sync sync, SourceState state, SourceRun run, KnownRows? result, CancellationToken cancellationToken)
    {
        if (result is not null)
        {
            await source.WriteResultAsync(sync, run.Parts.Count, result, cancellationToken);
        }

        return await QueueAsync(sync, await SaveAsync(sync, state with { Run = run }, cancellationToken), cancellationToken);
    }

    private Task<SourceState> SaveAsync(Sync sync, SourceState state, CancellationToken cancellationToken) => source.UpdateAsync(sync, _ => state, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Run {Run} of {Sync} has {Rows} row(s) of the query; {Unchanged} are unchanged.")]
        public static partial void Staged(ILogger logger, string run, string sync, int rows, int unchanged);

        [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Run {Run} of {Sync} takes {Rows} row(s) that left the query's result out of the list.")]
        public static partial void Left(ILogger logger, string run, string sync, int rows);

        [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "No row that left the query of {Sync} is taken out of its list: {Reason}. If they should leave, set Relay__Syncs__{Sync}__Sql__AllowLargeDelete to true.")]
        public static partial void NotDeleted(ILogger logger, string sync, string reason);
    }
}
