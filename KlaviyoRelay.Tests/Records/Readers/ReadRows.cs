using System.IO.Compression;
using System.Text;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Tests.Records.Readers;

/// <summary>Reads bodies in pieces of any size.</summary>
internal static class ReadRows
{
    public static async Task<(IReadOnlyList<Row> Rows, RowsRefusal? Refusal)> OfAsync(
        ReadOnlyMemory<byte> body, RowFormat format, IReadOnlyList<string> columns, bool isGzip = false, int piece = int.MaxValue, RowLimits? limits = null)
    {
        await using var reader = RowReader.Open(new PiecesStream(body, piece), format, isGzip, columns, limits ?? RowLimits.Default);
        var rows = new List<Row>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } row)
        {
            rows.Add(row);
        }

        return (rows, reader.Refusal);
    }

    public static Task<(IReadOnlyList<Row> Rows, RowsRefusal? Refusal)> OfAsync(string body, RowFormat format, params string[] columns) =>
        OfAsync(Encoding.UTF8.GetBytes(body), format, columns);

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private sealed class PiecesStream(ReadOnlyMemory<byte> body, int piece) : MemoryStream(body.ToArray())
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
