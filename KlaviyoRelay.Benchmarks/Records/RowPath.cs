using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Runs;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Records;

/// <summary>The relay's own way from a body to stored jobs.</summary>
internal static class RowPath
{
    private const int CheckedRows = 12_000;

    public static async Task<BodyState> WriteAsync(Sync sync, byte[] body, IRecordStore store, CancellationToken cancellationToken)
    {
        await using var rows = RowReader.Open(new MemoryStream(body, writable: false), RowFormat.Json, isGzip: true, sync.Mapping.Columns, RowLimits.Default);
        var state = await BodyChunks.WriteAsync(sync, rows, store, new RecordNames(sync.Name, "bench"), part: 1, TimeProvider.System, cancellationToken);
        UnmetException.ThrowUnless(rows.Refusal is null, () => $"The relay refused the workload: {rows.Refusal?.Message}");
        return state;
    }

    /// <summary>Fails when the floor's jobs are not the relay's.</summary>
    public static async Task CheckFloorAsync(Sync sync, CancellationToken cancellationToken)
    {
        var body = RowWorkload.Body(0, CheckedRows);
        var store = new MemoryRecords();
        var chunks = (await WriteAsync(sync, body, store, cancellationToken)).Chunks;
        var jobs = new List<byte[]>();
        new RowFloor(sync).Write(body, job => jobs.Add(job.ToArray()));
        UnmetException.ThrowUnless(jobs.Count == chunks.Count, () => $"The floor makes {jobs.Count} jobs and the relay {chunks.Count}.");
        foreach (var (job, chunk) in jobs.Zip(chunks))
        {
            var stored = await store.ReadAsync(new RecordNames(sync.Name, "bench").Chunk(chunk.Number), cancellationToken);
            UnmetException.ThrowUnless(stored?.Content.Span.SequenceEqual(job) == true, () => $"The floor's job {chunk.Number} is not the relay's.");
        }
    }
}
