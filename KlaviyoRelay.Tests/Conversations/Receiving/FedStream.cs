using System.Threading.Channels;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A body that comes as a test feeds it.</summary>
internal sealed class FedStream : MemoryStream
{
    private readonly Channel<int> _pieces = Channel.CreateUnbounded<int>();
    private TaskCompletionSource _isTaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    /// <summary>So many bytes arrive; ends when they were read and more is asked for.</summary>
    public Task FeedAsync(int bytes)
    {
        _isTaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pieces.Writer.TryWrite(bytes);
        return _isTaken.Task;
    }

    public void End() => _pieces.Writer.Complete();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0)
        {
            _isTaken.TrySetResult();
            if (!await _pieces.Reader.WaitToReadAsync(cancellationToken) || !_pieces.Reader.TryRead(out _left))
            {
                return 0;
            }
        }

        var length = Math.Min(_left, buffer.Length);
        _left -= length;
        buffer.Span[..length].Fill((byte)' ');
        return length;
    }
}
