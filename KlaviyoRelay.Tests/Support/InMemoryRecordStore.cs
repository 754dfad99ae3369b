using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Tests.Support;

/// <summary>Records in memory.</summary>
internal sealed class InMemoryRecordStore : IRecordStore
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, StoredRecord> _records = new(StringComparer.Ordinal);
    private int _version;

    /// <summary>The names of all that is stored, in order.</summary>
    public IReadOnlyList<string> Names => [.. _records.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Happens before a content is written.</summary>
    public Func<string, Task> OnWrite { get; set; } = _ => Task.CompletedTask;

    public Task<StoredRecord?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_records.GetValueOrDefault(name));

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_records.TryGetValue(name, out var record) ? new MemoryStream(record.Content.ToArray(), writable: false) : null);

    public async Task WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        await OnWrite(name);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        _records[name] = new StoredRecord(bytes.ToArray(), NextVersion());
    }

    public Task<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_records.GetValueOrDefault(name)?.Version != version)
            {
                return Task.FromResult<string?>(null);
            }

            var written = new StoredRecord(content.ToArray(), NextVersion());
            _records[name] = written;
            return Task.FromResult<string?>(written.Version);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            await Task.Yield();
            yield return name;
        }
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_records.TryRemove(name, out _));

    private string NextVersion() => $"v{Interlocked.Increment(ref _version)}";
}
