using System.Buffers;
using System.Net;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// A body in pieces that the garbage collector counts as small. As one array, a bulk job's body would lie on the large
/// object heap, and every few jobs would cost a full collection.
/// </summary>
/// <param name="expectedBytes">How long it will be, about.</param>
public sealed class RequestBody(int expectedBytes) : IBufferWriter<byte>
{
    private const int LargestPiece = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _written = [];
    private byte[] _piece = [];
    private int _used;

    public int Length => _written.Sum(piece => piece.Length) + _used;

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var size = Math.Max(1, sizeHint);
        if (_piece.Length - _used < size)
        {
            if (_used > 0)
            {
                _written.Add(_piece.AsMemory(0, _used));
            }

            // Not zeroed: only what was written is ever sent.
            _piece = GC.AllocateUninitializedArray<byte>(Math.Max(size, Math.Min(expectedBytes, LargestPiece)));
            _used = 0;
        }

        return _piece.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>The body for one attempt to send it.</summary>
    public HttpContent ToContent() => new PiecesContent([.. _written, _piece.AsMemory(0, _used)]);

    private sealed class PiecesContent(ReadOnlyMemory<byte>[] pieces) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            foreach (var piece in pieces)
            {
                await stream.WriteAsync(piece, cancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = pieces.Sum(piece => (long)piece.Length);
            return true;
        }
    }
}
