using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Records.Receiving;

/// <summary>
/// The first station: stores a body of rows, reads it once to its end, and queues its run. A body that can't be read as a
/// whole is refused as a whole.
/// </summary>
public sealed class RowsReceiver(Syncs syncs, SyncAccess access, IRecordStore store, StateStore states, IEventQueue queue, TimeProvider clock)
{
    /// <summary>Takes a body in.</summary>
    public async Task<RowsOutcome> ReceiveAsync(RowsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (syncs.Find(request.Sync) is not { TakesRows: true } sync)
        {
            return new RowsOutcome.UnknownSync();
        }

        try
        {
            return !await access.IsGrantedAsync(sync, request.Authorization, cancellationToken) ? new RowsOutcome.Unauthorized()
                : request is { Format: { } format, IsGzip: { } isGzip } ? await TakeAsync(sync, request, format, isGzip, cancellationToken)
                : new RowsOutcome.WrongType();
        }
        catch (RowsRefusedException refused)
        {
            return new RowsOutcome.Refused(refused.Refusal);
        }
        catch (Exception exception) when (exception is SecretUnavailableException or RecordStoreException or QueueUnavailableException)
        {
            return new RowsOutcome.Unavailable(exception.Message);
        }
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The run's id is known when the body has been read, and two bodies can come at once: each needs a name of its own until then.")]
    private async Task<RowsOutcome> TakeAsync(Sync sync, RowsRequest request, RowFormat format, bool isGzip, CancellationToken cancellationToken)
    {
        var body = RecordNames.Incoming(sync.Name, Guid.NewGuid());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var wire = new HashedStream(new LimitedStream(request.Body, RowLimits.Default.WireBytes, "as it was sent"), hash))
        {
            await store.WriteAsync(body, wire, cancellationToken);
        }

        var run = new RunState { Account = sync.Account, AcceptedAt = clock.WallTime(), Body = body, Format = format, IsGzip = isGzip };
        if (await CheckAsync(sync, run, cancellationToken) is { } refusal)
        {
            await store.DeleteAsync(body, cancellationToken);
            return new RowsOutcome.Refused(refusal);
        }

        var id = string.IsNullOrEmpty(request.IdempotencyKey) ? RunId.OfBody(sync.Name, hash) : RunId.OfKey(sync.Name, request.IdempotencyKey);
        await QueueAsync(new RecordNames(sync.Name, id), run, cancellationToken);
        return new RowsOutcome.Accepted(id);
    }

    private async Task<RowsRefusal?> CheckAsync(Sync sync, RunState run, CancellationToken cancellationToken)
    {
        await using var rows = await run.OpenAsync(store, sync, cancellationToken);
        while (await rows.ReadAsync(cancellationToken) is not null)
        {
        }

        return rows.Refusal;
    }

    /// <summary>A body that comes again is the run that it was. It is queued again as long as that has not ended: its message may be missing.</summary>
    private async Task QueueAsync(RecordNames names, RunState run, CancellationToken cancellationToken)
    {
        var stored = await states.UpdateAsync(names.State, RecordJsonContext.Default.RunState, before => before ?? run, cancellationToken);
        if (stored.Body != run.Body)
        {
            await store.DeleteAsync(run.Body, cancellationToken);
        }

        if (stored.EndedAt is null)
        {
            await store.TryWriteAsync(names.OpenMark(stored.Account), "open"u8.ToArray(), version: null, cancellationToken);
            await queue.SendAsync(QueueNames.Records, [RecordWork.ToQueueMessage(new RecordClaim(names.Sync, names.Run, stored.Account, stored.AcceptedAt))], cancellationToken);
        }
    }
}
