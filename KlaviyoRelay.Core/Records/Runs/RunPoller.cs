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

            foreach (var account in open.GroupBy(run => run.Account, run => run.Names))
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
                await store.DeleteAsync(names.OpenMark(accountName), cancellationToken);
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
        await states.UpdateAsync(names.State, RecordJsonContext.Default.RunState, run => (run ?? ledger.Run) with { EndedAt = clock.WallTime() }, cancellationToken);
        await store.DeleteAsync(names.OpenMark(account), cancellationToken);
        metrics.RowsEnded(names.Sync, RowOutcomes.Loaded, counts.Loaded);
        metrics.RowsEnded(names.Sync, RowOutcomes.Superseded, counts.Superseded);
        metrics.RowsEnded(names.Sync, RowOutcomes.Rejected, counts.Rejected);
        metrics.RowsEnded(names.Sync, RowOutcomes.AcceptedWithoutResult, counts.AcceptedWithoutResult);
        Log.Ended(logger, names.Run, names.Sync, counts.Read, counts.Loaded, counts.AcceptedWithoutResult, counts.Rejected, counts.Superseded);
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
