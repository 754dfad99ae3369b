namespace KlaviyoRelay.Core.Records.Storage;

/// <summary>What was stored under a name.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Version">Changes with every write.</param>
public sealed record StoredRecord(ReadOnlyMemory<byte> Content, string Version);

/// <summary>
/// Keeps what a run needs: bodies, chunks, the state of runs, results. Names are paths of letters, digits, and <c>- _ . /</c>.
/// What was written is there for every instance at once, and survives a crash whole or not at all.
/// </summary>
public interface IRecordStore
{
    /// <summary>A small content; null when there is none of that name.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    Task<StoredRecord?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>A content to read piece by piece; null when there is none of that name.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a content, in the place of what is there.</summary>
    /// <param name="name">The name.</param>
    /// <param name="content">Is read to its end. When it throws, nothing is written.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RecordStoreException">The store can't be written.</exception>
    Task WriteAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>Writes a small content, unless it was written since it was read.</summary>
    /// <param name="name">The name.</param>
    /// <param name="content">The content.</param>
    /// <param name="version">The version that was read; null when there should be none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The new version; null when the content is no longer of the version that was read: read again.</returns>
    /// <exception cref="RecordStoreException">The store can't be written.</exception>
    Task<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken);

    /// <summary>The names that begin so, in ordinal order.</summary>
    /// <exception cref="RecordStoreException">The store can't be read.</exception>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a content.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="RecordStoreException">The store can't be written.</exception>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
