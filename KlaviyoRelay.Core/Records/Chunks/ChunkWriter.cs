using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Chunks;

/// <summary>
/// Writes mapped rows as chunks: each a request's ready body, with a map that leads from its entries to rows. The same rows
/// make the same chunks under the same names, so that a crash leaves nothing behind that a repeat does not overwrite.
/// </summary>
/// <param name="store">Takes the chunks.</param>
/// <param name="names">Where they go.</param>
/// <param name="format">What they look like.</param>
/// <param name="body">The number of the body that the rows are of.</param>
/// <param name="first">The number of the first chunk.</param>
public sealed class ChunkWriter(IRecordStore store, RecordNames names, ChunkFormat format, int body, int first)
{
    private readonly ArrayBufferWriter<byte> _json = new(64 * 1024);
    private readonly List<ChunkEntry> _entries = [];
    private readonly RowMerger _merger = new();
    private readonly List<(int Count, int Bytes)> _written = [];
    private readonly List<int> _superseded = [];

    /// <summary>Adds an entry, and writes a chunk when that is full.</summary>
    public async Task AddAsync(RowResult.Mapped row, CancellationToken cancellationToken)
    {
        if (_entries.Count == format.MaxEntries || _json.WrittenCount + row.Json.Length + 1 + format.End.Length > ChunkFormat.MaxBytes)
        {
            await WriteAsync(cancellationToken);
        }

        _json.Write(_entries.Count == 0 ? format.Beginning : ","u8);
        var (email, phone, externalId) = row.Identifiers;
        _entries.Add(new ChunkEntry(row.Row, _json.WrittenCount, row.Json.Length, email, phone, externalId));
        _json.Write(row.Json.Span);
        _superseded.AddRange(_merger.Add(row.Identifiers, row.EventId));
    }

    /// <summary>Writes the last chunk.</summary>
    /// <returns>All chunks, each with the entries that are superseded.</returns>
    public async Task<IReadOnlyList<ChunkInfo>> EndAsync(CancellationToken cancellationToken)
    {
        if (_entries.Count > 0)
        {
            await WriteAsync(cancellationToken);
        }

        _superseded.Sort();
        var chunks = new List<ChunkInfo>();
        var (start, place) = (0, 0);
        foreach (var (count, bytes) in _written)
        {
            var superseded = new List<int>();
            for (; place < _superseded.Count && _superseded[place] < start + count; place++)
            {
                superseded.Add(_superseded[place] - start);
            }

            chunks.Add(new ChunkInfo(first + chunks.Count, count, bytes, superseded));
            start += count;
        }

        return chunks;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        _json.Write(format.End);
        var number = first + _written.Count;
        // The store has read all of it before the buffer is used again.
        using var json = MemoryMarshal.TryGetArray(_json.WrittenMemory, out var bytes)
            ? new MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(_json.WrittenMemory.ToArray(), writable: false);
        await store.WriteAsync(names.Chunk(number), json, cancellationToken);
        using var map = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new ChunkMap(body, _entries), RecordJsonContext.Default.ChunkMap), writable: false);
        await store.WriteAsync(names.ChunkMap(number), map, cancellationToken);
        _written.Add((_entries.Count, _json.WrittenCount));
        _json.ResetWrittenCount();
        _entries.Clear();
    }
}
