using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Chunks;

/// <summary>Maps the rows of a body and writes them as chunks.</summary>
public static class BodyChunks
{
    /// <param name="sync">The sync.</param>
    /// <param name="rows">The rows. Their refusal says afterwards whether they were all.</param>
    /// <param name="store">Takes the chunks.</param>
    /// <param name="names">Where they go.</param>
    /// <param name="part">The number of the body.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<BodyState> WriteAsync(Sync sync, RowReader rows, IRecordStore store, RecordNames names, int part, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var mapper = new RowMapper(sync, clock);
        var chunks = new ChunkWriter(store, names, ChunkFormat.Of(sync), part, RecordNames.FirstChunk(part));
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
            Number = part,
            Read = rows.Count,
            Rejections = rejections,
            Warnings = warnings,
            Chunks = await chunks.EndAsync(cancellationToken),
        };
    }
}
