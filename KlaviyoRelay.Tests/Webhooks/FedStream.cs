using System.Threading.Channels;

namespace KlaviyoRelay.Tests.Webhooks;

/// <summary>A body that comes as a test feeds it.</summary>
internal sealed class FedStream : MemoryStream
{
    private readonly Channel<int> _pieces = Channel.CreateUnbounded<int>();
    private TaskCompletionSource _isRead = new();

    /// <summary>So many bytes arrive; ends when they are read.</summary>
    public Task FeedAsync(int bytes)
    {
        _isRead = new TaskCompletionSource();
        _pieces.Writer.TryWrite(bytes);
        return _isRead.Task;
    }

    public void End() => _pieces.Writer.Complete();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await _pieces.Reader.WaitToReadAsync(cancellationToken) || !_pieces.Reader.TryRead(out var bytes))
        {
            return 0;
        }

        _isRead.TrySetResult();
        buffer.Span[..Math.Min(bytes, buffer.Length)].Fill((byte)' ');
        return Math.Min(bytes, buffer.Length);
    }
}
