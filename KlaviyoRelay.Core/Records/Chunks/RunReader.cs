using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Records.Chunks;

/// <summary>
/// The second station: reads a run's rows, writes them as chunks, and queues each chunk. The chunks are queued when all of
/// them are stored, so a repeat after a crash reads nothing twice into Klaviyo.
/// </summary>
public sealed class RunReader(IRecordStore store, StateStore states, IEventQueue queue, TimeProvider clock)
{
    /// <summary>Reads the rows of a part: null when their chunks are queued, else why not.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    /// <exception cref="QueueUnavailableException">The queue did not accept the chunks.</exception>
    public async Task<DeliveryFailure?> ReadAsync(Sync sync, RecordClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var names = new RecordNames(claim.Sync, claim.Run);
        if (await states.ReadAsync(names.State, RecordJsonContext.Default.RunState, cancellationToken) is not { } run || run.Find(claim.Part) is not { } part)
        {
            return RunLedger.Gone;
        }

        if (await states.ReadAsync(names.BodyState(part.Number), RecordJsonContext.Default.BodyState, cancellationToken) is not { } body)
        {
            await using var rows = await part.OpenAsync(store, sync, cancellationToken);
            body = await BodyChunks.WriteAsync(sync, rows, store, names, part.Number, clock, cancellationToken);
            if (rows.Refusal is { } refusal)
            {
                // The mapping has changed since the rows were accepted.
                return new DeliveryFailure(DeadLetterReason.Invalid, refusal.Message);
            }

            body = await states.UpdateAsync(names.BodyState(part.Number), RecordJsonContext.Default.BodyState, before => before ?? body, cancellationToken);
        }

        var messages = body.Chunks.Select(chunk => RecordWork.ToQueueMessage(claim with { Chunk = chunk.Number, Rows = chunk.Count }));
        await queue.SendAsync(QueueNames.Records, [.. messages], cancellationToken);
        return null;
    }
}
