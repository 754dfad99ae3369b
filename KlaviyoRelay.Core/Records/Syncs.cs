namespace KlaviyoRelay.Core.Records;

/// <summary>The configured syncs, by name.</summary>
public sealed class Syncs(IReadOnlyDictionary<string, SyncOptions> options)
{
    private readonly Dictionary<string, Sync> _syncs = options.ToDictionary(pair => pair.Key, pair => new Sync(pair.Key, pair.Value), StringComparer.Ordinal);

    /// <summary>Every sync, by name.</summary>
    public IReadOnlyList<Sync> All => [.. _syncs.Values.OrderBy(sync => sync.Name, StringComparer.Ordinal)];

    /// <summary>The sync, or null when there is none of that name.</summary>
    public Sync? Find(string name) => _syncs.GetValueOrDefault(name);
}
