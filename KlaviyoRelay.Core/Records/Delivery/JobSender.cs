using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Jobs;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>Sends entries as bulk jobs, as <see cref="JobPlanner"/> plans them.</summary>
public sealed class JobSender(JobClient jobs)
{
    /// <summary>Sends them: null when each is accepted or rejected, else why not. What was accepted until then stays so.</summary>
    public async Task<DeliveryFailure?> SendAsync(ChunkInHand chunk, IReadOnlyList<int> entries, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        var planner = new JobPlanner(chunk.Sync, chunk.Map, entries);
        DeliveryFailure? failure = null;
        while (failure is null && planner.Next is { } request)
        {
            switch (await PostAsync(chunk, request, budget, cancellationToken))
            {
                case JobOutcome.Accepted accepted:
                    // Klaviyo tells nothing more of events.
                    await chunk.AcceptedAsync(accepted.Id, request.Select(entry => entry.Index), accepted.Id is null ? JobEnd.WithoutResult : JobEnd.None);
                    planner.Accepted();
                    break;
                case JobOutcome.Refused refused:
                    planner.Refused(refused.Errors);
                    break;
                case JobOutcome.Failed failed:
                    failure = failed.Failure;
                    break;
            }
        }

        var indexes = chunk.Map.Entries.Index().ToDictionary(entry => entry.Item.Row, entry => entry.Index);
        await chunk.RefusedAsync([.. planner.Rejections.Select(rejection => new EntryRejection(indexes[rejection.Row], rejection))], planner.Warnings, cancellationToken);
        return failure;
    }

    private Task<JobOutcome> PostAsync(ChunkInHand chunk, IReadOnlyList<PlannedEntry> request, BatchBudget budget, CancellationToken cancellationToken)
    {
        var body = ChunkBody.Of(chunk.Json, chunk.Map, ChunkFormat.Of(chunk.Sync), request);
        return chunk.Sync.Object == SyncObject.Events
            ? jobs.CreateEventsAsync(chunk.Account, body, budget, cancellationToken)
            : jobs.CreateImportAsync(chunk.Account, body, budget, cancellationToken);
    }
}
