using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Jobs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>Asks Klaviyo what became of import jobs, and stores it.</summary>
public sealed class JobFollower(JobClient jobs, StateStore states, RecordOptions options, TimeProvider clock)
{
    /// <summary>Every job that Klaviyo has not ended, by its id.</summary>
    public async Task<Result<IReadOnlyDictionary<string, ImportJob>>> ListOpenAsync(KlaviyoAccount account, BatchBudget budget, CancellationToken cancellationToken)
    {
        var open = await jobs.ListOpenAsync(account, budget, cancellationToken);
        return open.IsSuccess
            ? Result.Of<IReadOnlyDictionary<string, ImportJob>>((open.Value ?? []).DistinctBy(job => job.Id).ToDictionary(job => job.Id))
            : Result.Failed<IReadOnlyDictionary<string, ImportJob>>(open.Failure);
    }

    /// <summary>Follows one job of a chunk: null when what is known of it is stored, else why it can't be asked for.</summary>
    public async Task<DeliveryFailure?> FollowAsync(
        KlaviyoAccount account, Sync sync, RecordNames names, int chunk, JobState job, IReadOnlyDictionary<string, ImportJob> open, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(job);
        var step = JobPolling.AfterList(job, open, clock.WallTime(), options.StuckAfter);
        ImportJob? found = null;
        if (step == JobStep.AskById)
        {
            var asked = await jobs.FindAsync(account, job.Id ?? "", budget, cancellationToken);
            if (!asked.IsSuccess)
            {
                return asked.Failure;
            }

            found = asked.Value.Job;
            step = JobPolling.AfterAnswer(job, found, clock.WallTime(), options.StuckAfter);
        }

        switch (step)
        {
            case JobStep.ReadErrors when found is not null:
                return await EndAsync(account, sync, names, chunk, job, found, budget, cancellationToken);
            case JobStep.GiveUp:
                await StoreAsync(names, chunk, JobPolling.GivenUp(job, isKnown: found is not null || open.ContainsKey(job.Id ?? "")), cancellationToken);
                return null;
            default:
                return null;
        }
    }

    private async Task<DeliveryFailure?> EndAsync(
        KlaviyoAccount account, Sync sync, RecordNames names, int chunk, JobState job, ImportJob found, BatchBudget budget, CancellationToken cancellationToken)
    {
        var errors = await jobs.ReadErrorsAsync(account, found.Id, budget, cancellationToken);
        if (!errors.IsSuccess)
        {
            return errors.Failure;
        }

        var map = await states.ReadAsync(names.ChunkMap(chunk), RecordJsonContext.Default.ChunkMap, cancellationToken);
        var tied = map is null ? [] : JobErrors.Tie(sync, map, job, errors.Value ?? []);
        await StoreAsync(names, chunk, JobPolling.Ended(job, found, tied), cancellationToken);
        return null;
    }

    private Task<ChunkState> StoreAsync(RecordNames names, int chunk, JobState ended, CancellationToken cancellationToken) => states.UpdateAsync(
        names.ChunkState(chunk),
        RecordJsonContext.Default.ChunkState,
        state => (state ?? new ChunkState()) with { Jobs = [.. (state?.Jobs ?? []).Select(job => job.Id == ended.Id ? ended : job)] },
        cancellationToken);
}

/// <summary>One look at an account: its open jobs are listed once, when a run needs them.</summary>
public sealed class AccountPoll(KlaviyoAccount account, JobFollower jobs, BatchBudget budget)
{
    private IReadOnlyDictionary<string, ImportJob>? _open;

    /// <summary>Follows the jobs of a run: null when Klaviyo could be asked for all of them, else why not.</summary>
    public async Task<DeliveryFailure?> FollowAsync(Sync sync, RunLedger run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var unended = run.Chunks.SelectMany(chunk => chunk.Value.Jobs, (chunk, job) => (Chunk: chunk.Key, Job: job)).Where(one => one.Job is { Id: not null, End: JobEnd.None }).ToList();
        if (unended.Count > 0 && _open is null)
        {
            var listed = await jobs.ListOpenAsync(account, budget, cancellationToken);
            if (!listed.IsSuccess)
            {
                return listed.Failure;
            }

            _open = listed.Value;
        }

        foreach (var (chunk, job) in unended)
        {
            if (await jobs.FollowAsync(account, sync, run.Names, chunk, job, _open ?? new Dictionary<string, ImportJob>(), budget, cancellationToken) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }
}
