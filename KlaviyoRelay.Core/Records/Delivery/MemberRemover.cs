using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Lists;
using KlaviyoRelay.Core.Records.Runs;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>Takes the profiles of entries out of the sync's list. Who is no member already is as the row wants it.</summary>
public sealed class MemberRemover(KnownProfiles known, ListClient lists)
{
    /// <summary>Removes them: null when none is a member any more, else why not.</summary>
    public async Task<DeliveryFailure?> RemoveAsync(ChunkInHand chunk, IReadOnlyList<int> entries, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        foreach (var part in entries.Chunk(ListClient.MaxMembers))
        {
            var found = await known.FindAsync(chunk.Account, chunk.Map, part, chunk.Sync.List, budget, cancellationToken);
            if (!found.IsSuccess || found.Value is not { } ids)
            {
                return found.Failure;
            }

            if (await lists.RemoveAsync(chunk.Account, chunk.Sync.List, [.. ids.Values.Distinct()], budget, cancellationToken) is { } failure)
            {
                return failure;
            }

            await chunk.AcceptedAsync(job: null, part, JobEnd.Complete);
        }

        return null;
    }
}
