using System.Buffers;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>A body read into one pooled buffer, up to a limit.</summary>
internal readonly struct WebhookBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private readonly byte[] _buffer;
    private readonly int _length;

    private WebhookBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the whole body; null when it is longer than <paramref name="limit"/> bytes.</summary>
    public static async ValueTask<WebhookBody?> ReadAsync(Stream stream, long? announced, int limit, CancellationToken cancellationToken)
    {
        if (announced > limit)
        {
            return null;
        }

        // One byte more than fits, so that a body over the limit is noticed, and the end of the stream too.
        var buffer = ArrayPool<byte>.Shared.Rent((int)(announced ?? FirstBuffer) + 1);
        var length = 0;
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > limit)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                buffer = length == buffer.Length ? Grow(buffer, Math.Min(length * 2, limit + 1)) : buffer;
            }

            return new WebhookBody(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static byte[] Grow(byte[] buffer, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
