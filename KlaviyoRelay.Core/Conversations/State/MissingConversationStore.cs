namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>Stands in where no store is configured: every call says what to set.</summary>
/// <param name="message">What is missing, a colon, and what to do.</param>
public sealed class MissingConversationStore(string message) : IConversationStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationRow>> ReadAsync(string partition, CancellationToken cancellationToken) => throw Missing();

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(string partition, IReadOnlyList<ConversationRow> rows, CancellationToken cancellationToken) => throw Missing();

    /// <inheritdoc/>
    public Task<int> DeleteAsync(string partition, CancellationToken cancellationToken) => throw Missing();

    /// <inheritdoc/>
    public Task<int> ExpireAsync(DateTimeOffset closedBefore, DateTimeOffset openBefore, CancellationToken cancellationToken) => throw Missing();

    private ConversationStoreException Missing() => new(isProvisioned: false, message);
}
