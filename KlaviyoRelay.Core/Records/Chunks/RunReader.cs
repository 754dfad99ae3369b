using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Mapping;
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
    // A run has one body.
    private const int Body = 1;

    /// <summary>Reads the rows: null when their chunks are queued, else why not.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    /// <exception cref="QueueUnavailableException">The queue did not accept the chunks.</exception>
    public async Task<DeliveryFailure?> ReadAsync(Sync sync, RecordClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var names = new RecordNames(claim.Sync, claim.Run);
        if (await states.ReadAsync(names.State, RecordJsonContext.Default.RunState, cancellationToken) is not { } run)
        {
            return RunLedger.Gone;
        }

        if (await states.ReadAsync(names.BodyState(Body), RecordJsonContext.Default.BodyState, cancellationToken) is not { } body)
        {
            await using var rows = await run.OpenAsync(store, sync, cancellationToken);
            body = await WriteChunksAsync(sync, names, rows, cancellationToken);
            if (rows.Refusal is { } refusal)
            {
                // The mapping has changed since the rows were accepted.
                return new DeliveryFailure(DeadLetterReason.Invalid, refusal.Message);
            }

            body = await states.UpdateAsync(names.BodyState(Body), RecordJsonContext.Default.BodyState, before => before ?? body, cancellationToken);
        }

        var messages = body.Chunks.Select(chunk => RecordWork.ToQueueMessage(claim with { Chunk = chunk.Number, Rows = chunk.Count }));
        await queue.SendAsync(QueueNames.Records, [.. messages], cancellationToken);
        return null;
    }

    private async Task<BodyState> WriteChunksAsync(Sync sync, RecordNames names, Readers.RowReader rows, CancellationToken cancellationToken)
    {
        var mapper = new RowMapper(sync, clock);
        var chunks = new ChunkWriter(store, names, ChunkFormat.Of(sync), Body, first: 1);
        var (rejections, warnings) = (new List<RowRejection>(), new List<RowWarning>());
        while (await rows.ReadAsync(cancellationToken) is { } row)
        {
            switch (mapper.Map(row))
            {
                case RowResult.Mapped mapped:
                    warnings.AddRange(mapped.Warnings);
                    await chunks.AddAsync(mapped, cancellationToken);
                    break;
                case RowResult.Rejected rejected:
                    rejections.Add(rejected.Rejection);
                    break;
            }
        }

        return new BodyState
        {
            Number = Body,
            Read = rows.Count,
            Rejections = rejections,
            Warnings = warnings,
            Chunks = await chunks.EndAsync(cancellationToken),
        };
    }
}
