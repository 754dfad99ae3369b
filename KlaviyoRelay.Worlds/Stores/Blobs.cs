using System.Globalization;
using System.Runtime.CompilerServices;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Worlds.Apps;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Stores;

/// <summary>The blobs of rows and runs, as every instance sees them.</summary>
internal sealed class Blobs
{
    private readonly SortedDictionary<string, StoredRecord> _blobs = new(StringComparer.Ordinal);
    private long _versions;

    /// <summary>Whether there is a run that has not ended.</summary>
    public bool HasOpenRuns => List(RecordNames.Open).Any();

    public StoredRecord? Find(string name) => _blobs.GetValueOrDefault(name);

    public IEnumerable<string> List(string prefix) => _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    public string Write(string name, byte[] content)
    {
        var version = (++_versions).ToString(CultureInfo.InvariantCulture);
        _blobs[name] = new StoredRecord(content, version);
        return version;
    }

    public string? TryWrite(string name, byte[] content, string? version) => Find(name)?.Version == version ? Write(name, content) : null;

    public bool Delete(string name) => _blobs.Remove(name);
}

/// <summary>One instance's way to the blobs of rows and runs.</summary>
internal sealed class BlobRecords(World world, Io io) : IRecordStore
{
    public Task<StoredRecord?> ReadAsync(string name, CancellationToken cancellationToken) => DoAsync("reads", name, () => world.Blobs.Find(name), cancellationToken);

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => DoAsync<Stream?>(
        "opens", name, () => world.Blobs.Find(name) is { } blob ? new MemoryStream(blob.Content.ToArray(), writable: false) : null, cancellationToken);

    public async Task WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        await DoAsync("writes", name, () => world.Blobs.Write(name, bytes.ToArray()), cancellationToken);
    }

    public async Task<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? version, CancellationToken cancellationToken)
    {
        // The client of Azure writes once more when it gets no answer, and meets what it has written itself.
        var meetsItself = world.Weather.Meets(TroubleKind.StoreLosesAnswers, "") is not null && world.Dice.Chance(0.5);
        var bytes = content.ToArray();
        var written = await DoAsync("writes", name, () => world.Blobs.TryWrite(name, bytes, version), cancellationToken);
        return meetsItself ? null : written;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in await DoAsync("lists", prefix, () => world.Blobs.List(prefix).ToList(), cancellationToken))
        {
            yield return name;
        }
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => DoAsync("deletes", name, () => world.Blobs.Delete(name), cancellationToken);

    private Task<T> DoAsync<T>(string what, string name, Func<T> effect, CancellationToken cancellationToken)
    {
        var isAway = world.Weather.Meets(TroubleKind.StoreAway, "") is not null;
        var hangs = world.Weather.Meets(TroubleKind.StoreHangs, "") is not null;
        var isLost = world.Weather.Meets(TroubleKind.StoreLosesAnswers, "") is not null;
        if (isAway || hangs || isLost)
        {
            world.Facts.Note(Vendors.Facts.Unavailable, "store");
        }

        var there = hangs ? world.Dice.Milliseconds(200, 15_600) : world.Dice.Milliseconds(3, 30);
        // What stands before the run's id: a body has a name of chance until then.
        return io.DoAsync($"{what} a blob of {name.Split('/')[0]}", there, world.Dice.Milliseconds(3, 30), () =>
        {
            var done = isAway ? default! : effect();
            return isAway || isLost || there > TimeSpan.FromSeconds(15) ? throw new RecordStoreException("The blobs do not answer: wait.") : done;
        }, cancellationToken);
    }
}
