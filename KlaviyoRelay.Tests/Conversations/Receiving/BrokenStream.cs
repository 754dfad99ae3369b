namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A body whose sender goes away in the middle, or that fails otherwise.</summary>
internal sealed class BrokenStream(Exception? exception = null) : MemoryStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<int>(exception ?? new IOException("Unexpected end of request content."));
}
