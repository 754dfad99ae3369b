namespace KlaviyoRelay.Core.Audit.Weekly;

/// <summary>Keeps the record of each account's audits.</summary>
public interface IAuditStore
{
    /// <summary>The record; null when there is none yet.</summary>
    /// <exception cref="AuditStoreException">It can't be read.</exception>
    Task<AuditRecord?> ReadAsync(string account, CancellationToken cancellationToken);

    /// <summary>Keeps the record; when it returns, the record outlasts the process.</summary>
    /// <exception cref="AuditStoreException">It can't be written.</exception>
    Task WriteAsync(string account, AuditRecord record, CancellationToken cancellationToken);
}

/// <summary>The storage can't be reached or is not set up; the message says what to do.</summary>
public sealed class AuditStoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Stands in where the settings name no storage. It fails when it is used, because an account without an audit needs none.</summary>
/// <param name="whatToSet">What is missing and what it should be.</param>
public sealed class MissingAuditStore(string whatToSet) : IAuditStore
{
    public Task<AuditRecord?> ReadAsync(string account, CancellationToken cancellationToken) => throw new AuditStoreException(whatToSet);

    public Task WriteAsync(string account, AuditRecord record, CancellationToken cancellationToken) => throw new AuditStoreException(whatToSet);
}
