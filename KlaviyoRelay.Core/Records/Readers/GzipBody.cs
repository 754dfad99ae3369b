using System.Buffers.Binary;
using System.IO.Compression;

namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>
/// Unpacks a body and refuses one that is cut off: the framework's reader takes the end of the bytes for the end of the data.
/// Gzip ends with the length of what it holds (RFC 1952), which tells. A file of several parts one after another is refused
/// too, because the length is that of its last part.
/// </summary>
public sealed class GzipBody : ReadingStream
{
    // The shortest: header, an empty block, checksum and length.
    private const int ShortestBytes = 20;

    private readonly Tail _wire;
    private uint _length;

    public GzipBody(Stream wire)
        : this(new Tail(wire))
    {
    }

    private GzipBody(Tail wire)
        : base(new GZipStream(wire, CompressionMode.Decompress)) => _wire = wire;

    protected override void Look(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        _length += (uint)bytes.Length;
        if (isEnd && (_wire.Count < ShortestBytes || _wire.Last != _length))
        {
            throw new RowsRefusedException(RowsProblem.Malformed, "The body's gzip data is cut off, or has several parts. Pack it as one.");
        }
    }

    /// <summary>Keeps the last four bytes.</summary>
    private sealed class Tail(Stream inner) : ReadingStream(inner)
    {
        private readonly byte[] _last = new byte[sizeof(uint)];

        public long Count { get; private set; }

        public uint Last => BinaryPrimitives.ReadUInt32LittleEndian(_last);

        protected override void Look(ReadOnlySpan<byte> bytes, bool isEnd)
        {
            Count += bytes.Length;
            var taken = bytes[^Math.Min(bytes.Length, _last.Length)..];
            _last.AsSpan(taken.Length).CopyTo(_last);
            taken.CopyTo(_last.AsSpan(_last.Length - taken.Length));
        }
    }
}
