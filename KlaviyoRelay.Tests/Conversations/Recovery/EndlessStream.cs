namespace KlaviyoRelay.Tests.Conversations.Recovery;

/// <summary>The same again and again.</summary>
internal sealed class EndlessStream : MemoryStream
{
    private readonly byte[] _block;

    public EndlessStream(string repeated) => _block = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeated, 3 * 4096)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var length = Math.Min(buffer.Length, _block.Length) / 3 * 3;
        _block.AsSpan(0, length).CopyTo(buffer.Span);
        return ValueTask.FromResult(length);
    }
}
