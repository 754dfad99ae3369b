using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>The last station: follows the jobs of open runs, and writes the result of each run whose rows are all accounted for.</summary>
public sealed partial class RunPoller(
    IRecordStore store, StateStore states, Syncs syncs, KlaviyoAccounts accounts, JobFollower jobs, RunResultWriter results, RelayMetrics metrics, TimeProvider clock, ILogger<RunPoller> logger)
{
    /// <summary>Looks at every open run once. What can't be asked now is asked the next time.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            var open = new List<(string Account, RecordNames Names)>();
            await foreach (var mark in store.ListAsync(RecordNames.Open, cancellationToken))
            {
                open.AddRange(RecordNames.Parse(mark) is { } run ? [run] : []);
            }

            foreach (var account in open.Distinct().GroupBy(run => run.Account, run => run.Names))
            {
                await PollAsync(account.Key, [.. account], cancellationToken);
            }
        }
        catch (RecordStoreException exception)
        {
            Log.NotPolled(logger, exception.Message);
        }
    }

    private async Task PollAsync(string accountName, IReadOnlyList<RecordNames> runs, CancellationToken cancellationToken)
    {
        var poll = accounts.Find(accountName) is { } account ? new AccountPoll(account, jobs, new BatchBudget(clock, RecordRelay.BatchTime)) : null;
        foreach (var names in runs)
        {
            if (await RunLedger.ReadAsync(states, names, cancellationToken) is not { } ledger)
            {
                await foreach (var mark in store.ListAsync(names.OpenMarks(accountName), cancellationToken))
                {
                    await store.DeleteAsync(mark, cancellationToken);
                }

                continue;
            }

            if (poll is not null && syncs.Find(names.Sync) is { } sync && await poll.FollowAsync(sync, ledger, cancellationToken) is { } failure)
            {
                Log.NotFollowed(logger, names.Run, DeadLetterReasons.NameOf(failure.Reason), failure.Detail);
            }

            ledger = await RunLedger.ReadAsync(states, names, cancellationToken) ?? ledger;
            if (ledger.IsAccountedFor)
            {
                await EndAsync(ledger, accountName, cancellationToken);
            }
        }
    }

    private async Task EndAsync(RunLedger ledger, string account, CancellationToken cancellationToken)
    {
        var (names, counts) = (ledger.Names, ledger.Counts);
        await results.WriteAsync(ledger, cancellationToken);
        var run = await states.UpdateAsync(
            names.State, RecordJsonContext.Default.RunState, run => run is null || run.Parts.Count == ledger.Run.Parts.Count ? (run ?? ledger.Run) with { EndedAt = clock.WallTime(), Rows = counts } : run, cancellationToken);
        if (run.EndedAt is null)
        {
            // A part has come meanwhile. It has a mark of its own.
            return;
        }

        foreach (var part in ledger.Run.Parts)
        {
            await store.DeleteAsync(names.OpenMark(account, part.Number), cancellationToken);
        }

        Count(names.Sync, counts - ledger.Run.Counted);
        Log.Ended(logger, names.Run, names.Sync, counts.Read, counts.Loaded, counts.AcceptedWithoutResult, counts.Rejected, counts.Superseded);
    }

    private void Count(string sync, RunCounts ended)
    {
        metrics.RowsEnded(sync, RowOutcomes.Loaded, ended.Loaded);
        metrics.RowsEnded(sync, RowOutcomes.Superseded, ended.Superseded);
        metrics.RowsEnded(sync, RowOutcomes.Rejected, ended.Rejected);
        metrics.RowsEnded(sync, RowOutcomes.AcceptedWithoutResult, ended.AcceptedWithoutResult);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Run {Run} of {Sync} has ended: {Read} row(s) read, {Loaded} loaded, {WithoutResult} accepted without result, {Rejected} rejected, {Superseded} superseded.")]
        public static partial void Ended(ILogger logger, string run, string sync, int read, int loaded, int withoutResult, int rejected, int superseded);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The jobs of run {Run} could not be followed ({Reason}); they are asked for again in a minute: {Detail}")]
        public static partial void NotFollowed(ILogger logger, string run, string reason, string detail);

        [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Runs could not be polled; they are polled again in a minute: {Reason}")]
        public static partial void NotPolled(ILogger logger, string reason);
    }
}
