using KlaviyoRelay.Core.Records.Changes;
using KlaviyoRelay.Core.Records.Storage;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>Stores what is known of the sources of syncs.</summary>
public sealed class SourceStore(IRecordStore store, StateStore states)
{
    /// <summary>Changes the state of a sync's source.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public Task<SourceState> UpdateAsync(Sync sync, Func<SourceState?, SourceState> change, CancellationToken cancellationToken) =>
        states.UpdateAsync($"{Folder(sync)}state.json", RecordJsonContext.Default.SourceState, change, cancellationToken);

    /// <summary>The rows of the last result.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public Task<KnownRows> ReadLastAsync(Sync sync, CancellationToken cancellationToken) => ReadAsync(LastName(sync), cancellationToken);

    /// <inheritdoc cref="ReadLastAsync"/>
    public Task WriteLastAsync(Sync sync, KnownRows rows, CancellationToken cancellationToken) => WriteAsync(LastName(sync), rows, cancellationToken);

    /// <summary>The rows of the result in hand, as far as they are in this many parts. None before the first.</summary>
    /// <exception cref="RecordStoreException">The store can't be used.</exception>
    public async Task<KnownRows> ReadResultAsync(Sync sync, int parts, CancellationToken cancellationToken) =>
        parts == 0 ? KnownRows.None : await ReadAsync(ResultName(sync, parts), cancellationToken);

    /// <inheritdoc cref="ReadResultAsync"/>
    public Task WriteResultAsync(Sync sync, int parts, KnownRows rows, CancellationToken cancellationToken) => WriteAsync(ResultName(sync, parts), rows, cancellationToken);

    /// <summary>Deletes what was kept of a result that has become the last one.</summary>
    public async Task DeleteResultsAsync(Sync sync, int parts, CancellationToken cancellationToken)
    {
        for (var part = 1; part <= parts; part++)
        {
            await store.DeleteAsync(ResultName(sync, part), cancellationToken);
        }
    }

    private static string LastName(Sync sync) => $"{Folder(sync)}last";

    private static string ResultName(Sync sync, int parts) => FormattableString.Invariant($"{Folder(sync)}result-{parts}");

    private static string Folder(Sync sync) => $"sources/{sync.Name}/";

    private async Task<KnownRows> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (await store.OpenAsync(name, cancellationToken) is not { } stored)
        {
            return KnownRows.None;
        }

        await using (stored)
        {
            using var bytes = new MemoryStream();
            await stored.CopyToAsync(bytes, cancellationToken);
            return KnownRows.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }
    }

    private async Task WriteAsync(string name, KnownRows rows, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(rows.Bytes);
        await rows.WriteAsync(bytes, cancellationToken);
        bytes.Position = 0;
        await store.WriteAsync(name, bytes, cancellationToken);
    }
}
