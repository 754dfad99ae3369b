namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>A message as it was received; its receipt changes with every renewal of its lock.</summary>
internal sealed class ReceivedMessage(string id, string popReceipt, string text, DateTimeOffset lockedUntil)
{
    public string Id { get; } = id;

    public string Text { get; } = text;

    public QueueEnvelope Envelope { get; } = QueueEnvelope.Decode(text);

    public string PopReceipt { get; set; } = popReceipt;

    public DateTimeOffset LockedUntil { get; set; } = lockedUntil;

    /// <summary>Renewing and settling exclude each other, because each makes the other's receipt stale.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Deleted, shown again or received by someone else: no longer ours to do anything with.</summary>
    public bool IsSettled { get; set; }
}
