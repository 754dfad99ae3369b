namespace KlaviyoRelay.Core.Records.Storage;

/// <summary>Stands in where the settings name no storage for records.</summary>
/// <param name="problem">What is wrong and what to do.</param>
public sealed class MissingRecordStore(string problem) : IRecordStore
{
    /// <inheritdoc/>
    public Task<StoredRecord?> ReadAsync(string name, CancellationToken cancellationToken) => throw Problem();

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => throw Problem();

    /// <inheritdoc/>
    public Task WriteAsync(string name, Stream content, CancellationToken cancellationToken) => throw Problem();

    /// <inheritdoc/>
    public Task<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken) => throw Problem();

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => throw Problem();

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => throw Problem();

    private RecordStoreException Problem() => new(problem);
}
