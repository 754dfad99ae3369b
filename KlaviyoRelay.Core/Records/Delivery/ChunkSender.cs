using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>The third station: sends what is left of a chunk.</summary>
public sealed class ChunkSender(
    IRecordStore store, StateStore states, KlaviyoAccounts accounts, KnownProfiles known, JobSender jobs, ProfileSender profiles, MemberRemover members, TimeProvider clock)
{
    /// <summary>Sends it: null when each entry is accepted or rejected, else why not.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public async Task<DeliveryFailure?> SendAsync(Sync sync, RecordClaim claim, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        ArgumentNullException.ThrowIfNull(claim);
        var (names, number) = (new RecordNames(claim.Sync, claim.Run), claim.Chunk ?? 0);
        if (accounts.Find(claim.Account) is not { } account)
        {
            return new DeliveryFailure(DeadLetterReason.NotConfigured, $"The account '{claim.Account}' is no longer configured.");
        }

        var body = await states.ReadAsync(names.BodyState(claim.Part), RecordJsonContext.Default.BodyState, cancellationToken);
        var map = await states.ReadAsync(names.ChunkMap(number), RecordJsonContext.Default.ChunkMap, cancellationToken);
        var json = await store.ReadAsync(names.Chunk(number), cancellationToken);
        if (body?.Chunks.FirstOrDefault(one => one.Number == number) is not { } info || map is null || json is null)
        {
            return RunLedger.Gone;
        }

        var chunk = new ChunkInHand(sync, account, map, json.Content, names.ChunkState(number), states, clock);
        var state = await states.ReadAsync(chunk.State, RecordJsonContext.Default.ChunkState, cancellationToken) ?? new ChunkState();
        var unsent = RunAccount.Unsent(info, state);
        return sync is { CreatesProfiles: false, Object: not SyncObject.ListDelete }
            ? await SendKnownAsync(chunk, unsent, budget, cancellationToken)
            : await SendAsync(chunk, unsent, budget, cancellationToken);
    }

    private async Task<DeliveryFailure?> SendKnownAsync(ChunkInHand chunk, IReadOnlyList<int> unsent, BatchBudget budget, CancellationToken cancellationToken)
    {
        var found = await known.FindAsync(chunk.Account, chunk.Map, unsent, list: null, budget, cancellationToken);
        if (!found.IsSuccess || found.Value is not { } ids)
        {
            return found.Failure;
        }

        var unknown = unsent.Where(index => !ids.ContainsKey(index)).Select(index => new EntryRejection(index, new RowRejection(
            chunk.Map.Entries[index].Row, Column: null, RowReasons.UnknownProfile, "Klaviyo has no such profile, and the sync makes none.")));
        await chunk.RefusedAsync([.. unknown], [], cancellationToken);
        return await SendAsync(chunk, [.. unsent.Where(ids.ContainsKey)], budget, cancellationToken);
    }

    private Task<DeliveryFailure?> SendAsync(ChunkInHand chunk, IReadOnlyList<int> unsent, BatchBudget budget, CancellationToken cancellationToken) => chunk.Sync.Object switch
    {
        SyncObject.ListDelete => members.RemoveAsync(chunk, unsent, budget, cancellationToken),
        SyncObject.Profiles when unsent.Count < ProfileSender.Few => profiles.SendAsync(chunk, unsent, budget, cancellationToken),
        _ => jobs.SendAsync(chunk, unsent, budget, cancellationToken),
    };
}
