using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>Sends the profiles of a chunk one by one. Klaviyo says at once what became of each.</summary>
public sealed class ProfileSender(SingleProfile single)
{
    /// <summary>From so many profiles on, a job costs Klaviyo and the relay less.</summary>
    public const int Few = 5;

    /// <summary>Sends them: null when each is written or rejected, else why not. What was written until then stays so.</summary>
    public async Task<DeliveryFailure?> SendAsync(ChunkInHand chunk, IReadOnlyList<int> entries, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var index in entries)
        {
            var outcome = await single.SendAsync(chunk.Account, chunk.Sync, chunk.Map, chunk.Json, index, budget, cancellationToken);
            if (outcome.Failure is { } failure)
            {
                return failure;
            }

            if (outcome.Rejection is null)
            {
                await chunk.AcceptedAsync(job: null, [index], JobEnd.Complete);
            }

            await chunk.RefusedAsync(outcome.Rejection is { } rejection ? [new EntryRejection(index, rejection)] : [], outcome.Warnings, cancellationToken);
        }

        return null;
    }
}
