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

    private readonly List<ArrayBufferWriter<byte>> _pieces = [new(Math.Min(expectedBytes, LargestPiece))];

    public int Length => _pieces.Sum(piece => piece.WrittenCount);

    public void Advance(int count) => _pieces[^1].Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0) => PieceFor(sizeHint).GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => PieceFor(sizeHint).GetSpan(sizeHint);

    /// <summary>The body for one attempt to send it.</summary>
    public HttpContent ToContent() => new PiecesContent(this);

    private ArrayBufferWriter<byte> PieceFor(int size)
    {
        if (_pieces[^1] is { Capacity: >= LargestPiece } full && full.FreeCapacity < Math.Max(1, size))
        {
            _pieces.Add(new ArrayBufferWriter<byte>(Math.Max(LargestPiece, size)));
        }

        return _pieces[^1];
    }

    private sealed class PiecesContent(RequestBody body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            foreach (var piece in body._pieces)
            {
                await stream.WriteAsync(piece.WrittenMemory, cancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
