namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>Keeps each connection's mark: the time up to which everything was recovered.</summary>
public interface IRecoveryMarkStore
{
    /// <summary>The mark; null when there is none yet.</summary>
    /// <exception cref="RecoveryMarkUnavailableException">It can't be read.</exception>
    Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Sets the mark; when it returns, the mark outlasts the process.</summary>
    /// <param name="mark">The time up to which everything was recovered.</param>
    /// <exception cref="RecoveryMarkUnavailableException">It can't be written.</exception>
    Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken);
}
