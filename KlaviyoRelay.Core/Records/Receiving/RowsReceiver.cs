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
            return !await access.IsGrantedAsync(sync, request.Credential, cancellationToken) ? new RowsOutcome.Unauthorized()
                : request.PartNumber is not { } part ? new RowsOutcome.WrongPart()
                : request is { Format: { } format, IsGzip: { } isGzip } ? await TakeAsync(sync, request, part, format, isGzip, cancellationToken)
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
    private async Task<RowsOutcome> TakeAsync(Sync sync, RowsRequest request, int number, RowFormat format, bool isGzip, CancellationToken cancellationToken)
    {
        var body = RecordNames.Incoming(sync.Name, Guid.NewGuid());
        using var wireHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var wire = new HashedStream(new LimitedStream(request.Body, RowLimits.Default.WireBytes, "as it was sent"), wireHash))
        {
            await store.WriteAsync(body, wire, cancellationToken);
        }

        var hash = Convert.ToHexStringLower(wireHash.GetCurrentHash());
        var part = new RunPart { Number = number, Body = body, Hash = hash, Format = format, IsGzip = isGzip, AcceptedAt = clock.WallTime() };
        if (await CheckAsync(sync, part, cancellationToken) is { } refusal)
        {
            await store.DeleteAsync(body, cancellationToken);
            return new RowsOutcome.Refused(refusal);
        }

        var id = request.Run is { } name ? RunId.OfName(sync.Name, name)
            : string.IsNullOrEmpty(request.IdempotencyKey) ? RunId.OfBody(sync.Name, hash)
            : RunId.OfKey(sync.Name, request.IdempotencyKey);
        var stored = await QueueAsync(sync, new RecordNames(sync.Name, id), part, cancellationToken);
        return request.Run is null || stored.Hash == hash ? new RowsOutcome.Accepted(id) : new RowsOutcome.PartIsTaken();
    }

    private async Task<RowsRefusal?> CheckAsync(Sync sync, RunPart part, CancellationToken cancellationToken)
    {
        await using var rows = await part.OpenAsync(store, sync, cancellationToken);
        while (await rows.ReadAsync(cancellationToken) is not null)
        {
        }

        return rows.Refusal;
    }

    /// <summary>
    /// A body that comes again is the part that it was. It is queued again as long as the run has not ended: its message may
    /// be missing.
    /// </summary>
    /// <returns>The part as it is stored.</returns>
    private async Task<RunPart> QueueAsync(Sync sync, RecordNames names, RunPart part, CancellationToken cancellationToken)
    {
        var run = await states.UpdateAsync(names.State, RecordJsonContext.Default.RunState, before => before?.With(part) ?? RunState.Of(sync.Account, part), cancellationToken);
        var stored = run.Find(part.Number) ?? part;
        if (stored.Body != part.Body)
        {
            await store.DeleteAsync(part.Body, cancellationToken);
        }

        if (run.EndedAt is null)
        {
            await store.TryWriteAsync(names.OpenMark(run.Account, part.Number), "open"u8.ToArray(), version: null, cancellationToken);
            var claim = new RecordClaim(names.Sync, names.Run, run.Account, stored.AcceptedAt, Part: part.Number);
            await queue.SendAsync(QueueNames.Records, [RecordWork.ToQueueMessage(claim)], cancellationToken);
        }

        return stored;
    }
}
