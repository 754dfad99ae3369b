namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>Keeps rows in partitions, one partition for each connection and customer. Writes are optimistic: a row that changed meanwhile is not overwritten.</summary>
public interface IConversationStore
{
    /// <summary>Every row of a partition; empty when there is none.</summary>
    /// <exception cref="ConversationStoreException">The store can't be read.</exception>
    Task<IReadOnlyList<ConversationRow>> ReadAsync(string partition, CancellationToken cancellationToken);

    /// <summary>Writes all of the rows or none of them.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="rows">At most 100 rows.</param>
    /// <returns>False when a row is no longer of the version that was read: read again.</returns>
    /// <exception cref="ConversationStoreException">The store can't be written.</exception>
    Task<bool> TryWriteAsync(string partition, IReadOnlyList<ConversationRow> rows, CancellationToken cancellationToken);

    /// <summary>Deletes a partition.</summary>
    /// <returns>How many rows it had.</returns>
    /// <exception cref="ConversationStoreException">The store can't be written.</exception>
    Task<int> DeleteAsync(string partition, CancellationToken cancellationToken);

    /// <summary>Deletes rows that did not change for long.</summary>
    /// <param name="closedBefore">Deletes closed rows that changed before this time.</param>
    /// <param name="openBefore">Deletes open rows that changed before this time.</param>
    /// <returns>How many rows were deleted.</returns>
    /// <exception cref="ConversationStoreException">The store can't be written.</exception>
    Task<int> ExpireAsync(DateTimeOffset closedBefore, DateTimeOffset openBefore, CancellationToken cancellationToken);
}
