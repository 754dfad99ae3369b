using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Records.Chunks;

namespace KlaviyoRelay.Benchmarks.Records;

/// <summary>
/// The least that a C# program does with a body of the workload: unpacks it, reads each row's values by name with a
/// Utf8JsonReader, and writes them with a Utf8JsonWriter into jobs as large as the relay's. It checks nothing and looks for
/// no person twice. Its jobs are the relay's, byte for byte.
/// </summary>
internal sealed class RowFloor(Sync sync)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly byte[][] Names = [.. RowWorkload.Columns.Select(Encoding.UTF8.GetBytes)];

    private readonly ChunkFormat _format = ChunkFormat.Of(sync);
    private readonly string[] _texts = new string[Names.Length];
    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private readonly ArrayBufferWriter<byte> _job = new(64 * 1024);
    private int _entries;
    private long _points;
    private long _orders;
    private bool _newsletter;

    /// <summary>Makes jobs of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="take">Takes each job, which is overwritten then.</param>
    /// <returns>How many rows there were.</returns>
    public int Write(byte[] body, Action<ReadOnlyMemory<byte>> take)
    {
        using var gzip = new GZipStream(new MemoryStream(body, writable: false), CompressionMode.Decompress);
        using var json = new Utf8JsonWriter(_row, WriterOptions);
        var buffer = new byte[64 * 1024];
        var (end, rows) = (0, 0);
        while (gzip.Read(buffer, end, buffer.Length - end) is > 0 and var count)
        {
            end += count;
            var rest = buffer.AsSpan(0, end);
            for (; rest.IndexOf((byte)'\n') is >= 0 and var length; rest = rest[(length + 1)..], rows++)
            {
                Read(rest[..length]);
                Write(json);
                Add(take);
            }

            end = rest.Length;
            rest.CopyTo(buffer);
        }

        End(take);
        return rows;
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        for (var expected = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; expected++)
        {
            var place = expected;
            while (!reader.ValueTextEquals(Names[place]))
            {
                place = (place + 1) % Names.Length;
            }

            reader.Read();
            switch (RowWorkload.Columns[place])
            {
                case "points":
                    _points = reader.GetInt64();
                    break;
                case "orders":
                    _orders = reader.GetInt64();
                    break;
                case "newsletter":
                    _newsletter = reader.GetBoolean();
                    break;
                default:
                    _texts[place] = reader.GetString() ?? "";
                    break;
            }
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        _row.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("type"u8, "profile"u8);
        json.WriteStartObject("attributes"u8);
        json.WriteString("email"u8, _texts[0]);
        json.WriteString("external_id"u8, _texts[1]);
        json.WriteString("first_name"u8, _texts[2]);
        json.WriteString("last_name"u8, _texts[3]);
        json.WriteString("organization"u8, _texts[4]);
        json.WriteStartObject("location"u8);
        json.WriteString("city"u8, _texts[5]);
        json.WriteString("zip"u8, _texts[6]);
        json.WriteString("country"u8, _texts[7]);
        json.WriteEndObject();
        json.WriteStartObject("properties"u8);
        json.WriteString("tier"u8, _texts[8]);
        json.WriteNumber("points"u8, _points);
        json.WriteNumber("orders"u8, _orders);
        json.WriteBoolean("newsletter"u8, _newsletter);
        json.WriteString("spent"u8, _texts[12]);
        json.WriteString("last_order"u8, _texts[13]);
        json.WriteString("favourite"u8, _texts[14]);
        json.WriteString("notes"u8, _texts[15]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    private void Add(Action<ReadOnlyMemory<byte>> take)
    {
        if (_entries == _format.MaxEntries || _job.WrittenCount + _row.WrittenCount + 1 + _format.End.Length > ChunkFormat.MaxBytes)
        {
            End(take);
        }

        _job.Write(_entries == 0 ? _format.Beginning : ","u8);
        _job.Write(_row.WrittenSpan);
        _entries++;
    }

    private void End(Action<ReadOnlyMemory<byte>> take)
    {
        _job.Write(_format.End);
        take(_job.WrittenMemory);
        _job.ResetWrittenCount();
        _entries = 0;
    }
}
