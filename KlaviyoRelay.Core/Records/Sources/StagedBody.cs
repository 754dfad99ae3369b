using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>Rows as a body of a run: objects one after another, packed with gzip.</summary>
public sealed class StagedBody : IDisposable
{
    private readonly JsonEncodedText[] _names;
    private readonly MemoryStream _packed = new();
    private readonly GZipStream _gzip;
    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private readonly Utf8JsonWriter _json;

    /// <param name="columns">The columns, in the order of each row's cells.</param>
    public StagedBody(IReadOnlyList<string> columns)
    {
        _names = [.. columns.Select(column => JsonEncodedText.Encode(column, RowJson.Encoder))];
        _gzip = new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        _json = new Utf8JsonWriter(_row, RowJson.Options);
    }

    /// <summary>How many rows it has.</summary>
    public int Count { get; private set; }

    /// <summary>How long it is when it is unpacked.</summary>
    public long Bytes { get; private set; }

    /// <summary>How long it is, without what is still being packed.</summary>
    public long PackedBytes => _packed.Length;

    public void Add(IReadOnlyList<Cell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        _row.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        for (var place = 0; place < _names.Length; place++)
        {
            _json.WritePropertyName(_names[place]);
            RowJson.WriteValue(_json, cells[place]);
        }

        _json.WriteEndObject();
        _json.Flush();
        Write(_row.WrittenSpan);
        Count++;
    }

    /// <summary>The whole of it. Nothing can be added then.</summary>
    public Stream End()
    {
        // No row is a body too, and gzip packs nothing into no bytes at all.
        Write([]);
        _gzip.Dispose();
        _packed.Position = 0;
        return _packed;
    }

    public void Dispose()
    {
        _json.Dispose();
        _gzip.Dispose();
        _packed.Dispose();
    }

    private void Write(ReadOnlySpan<byte> line)
    {
        _gzip.Write(line);
        _gzip.Write("\n"u8);
        Bytes += line.Length + 1;
    }
}
