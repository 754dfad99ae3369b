namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A body that fills whatever it is given, and notes how much room that was.</summary>
internal sealed class MeasuredStream(int bytes) : MemoryStream(new byte[bytes])
{
    public List<int> Rooms { get; } = [];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Rooms.Add(buffer.Length);
        return base.ReadAsync(buffer, cancellationToken);
    }
}
