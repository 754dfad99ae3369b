using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>Writes the result of a run that has ended: CSV for people, JSON for programs.</summary>
public sealed class RunResultWriter(IRecordStore store, StateStore states)
{
    /// <summary>Writes both.</summary>
    public async Task WriteAsync(RunLedger ledger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var lines = await LinesAsync(ledger, cancellationToken);
        await WriteAsync(ledger.Names, new RunResult(ledger.Names.Sync, ledger.Names.Run, ledger.Counts, ledger.Notes, lines), cancellationToken);
    }

    /// <summary>Writes a result in both forms, in the place of what is there.</summary>
    public async Task WriteAsync(RecordNames names, RunResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(result);
        using var csv = new MemoryStream();
        await using (var writer = new StreamWriter(csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        {
            await ResultCsv.WriteAsync(writer, result.Lines, cancellationToken);
        }

        csv.Position = 0;
        await store.WriteAsync(names.CsvResult, csv, cancellationToken);

        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(result, RecordJsonContext.Default.RunResult));
        await store.WriteAsync(names.JsonResult, json, cancellationToken);
    }

    private async Task<IReadOnlyList<ResultLine>> LinesAsync(RunLedger ledger, CancellationToken cancellationToken)
    {
        var lines = new List<ResultLine>();
        foreach (var body in ledger.Bodies)
        {
            var chunks = new List<(ChunkMap Map, ChunkState State)>();
            foreach (var number in body.Chunks.Select(chunk => chunk.Number).Where(number => HasLines(ledger.Chunks[number])))
            {
                if (await states.ReadAsync(ledger.Names.ChunkMap(number), RecordJsonContext.Default.ChunkMap, cancellationToken) is { } map)
                {
                    chunks.Add((map, ledger.Chunks[number]));
                }
            }

            lines.AddRange(ResultLines.Of(body, chunks));
        }

        return lines;
    }

    private static bool HasLines(ChunkState state) => state.Rejections.Count + state.Warnings.Count + state.Jobs.Sum(job => job.Errors.Count) > 0;
}
