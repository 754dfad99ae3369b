using System.Globalization;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Benchmarks.Records;

/// <summary>A store in this process's memory for one user at a time.</summary>
/// <param name="keepsRows">False: jobs and their maps are taken and forgotten, so that storing them costs nothing.</param>
internal sealed class MemoryRecords(bool keepsRows = true) : IRecordStore
{
    private readonly SortedDictionary<string, StoredRecord> _records = new(StringComparer.Ordinal);
    private int _version;

    public Task<StoredRecord?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_records.GetValueOrDefault(name));

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_records.TryGetValue(name, out var record) ? new MemoryStream(record.Content.ToArray(), writable: false) : null);

    public async Task WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        if (keepsRows)
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellationToken);
            Put(name, bytes.ToArray());
        }
    }

    public Task<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken) =>
        Task.FromResult(_records.GetValueOrDefault(name)?.Version == version ? Put(name, content.ToArray()) : null);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
        _records.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList().ToAsyncEnumerable();

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_records.Remove(name));

    private string? Put(string name, byte[] content)
    {
        _records[name] = new StoredRecord(content, (++_version).ToString(CultureInfo.InvariantCulture));
        return _records[name].Version;
    }
}
