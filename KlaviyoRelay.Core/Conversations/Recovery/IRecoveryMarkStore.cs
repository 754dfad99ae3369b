namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>Keeps each connection's mark: the time up to which everything was recovered.</summary>
public interface IRecoveryMarkStore
{
    /// <summary>The mark; null when there is none yet.</summary>
    /// <param name="connection">The connection's name.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RecoveryMarkUnavailableException">It can't be read.</exception>
    Task<DateTimeOffset?> ReadAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Sets the mark; when it returns, the mark outlasts the process.</summary>
    /// <param name="connection">The connection's name.</param>
    /// <param name="mark">The time up to which everything was recovered.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RecoveryMarkUnavailableException">It can't be written.</exception>
    Task WriteAsync(string connection, DateTimeOffset mark, CancellationToken cancellationToken);
}
