namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>
/// Stands in where the settings name no place for the marks. It fails when it is used and not at the start,
/// because a relay without a connection of such a helpdesk never needs one.
/// </summary>
/// <param name="whatToSet">What is missing and what it should be.</param>
public sealed class MissingRecoveryMarkStore(string whatToSet) : IRecoveryMarkStore
{
    /// <inheritdoc/>
    public Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken) =>
        throw new RecoveryMarkUnavailableException(whatToSet);

    /// <inheritdoc/>
    public Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken) =>
        throw new RecoveryMarkUnavailableException(whatToSet);
}
