namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A body whose sender goes away in the middle.</summary>
internal sealed class BrokenStream : MemoryStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<int>(new IOException("Unexpected end of request content."));
}
