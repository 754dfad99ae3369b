using KlaviyoRelay.Core.Records.Sources;

namespace KlaviyoRelay.Core.Records;

/// <summary>The configured syncs, by name.</summary>
public sealed class Syncs
{
    private readonly Dictionary<string, Sync> _syncs;

    public Syncs(IReadOnlyDictionary<string, SyncOptions> options)
    {
        _syncs = options.ToDictionary(pair => pair.Key, pair => new Sync(pair.Key, pair.Value), StringComparer.Ordinal);
        foreach (var (name, sync) in options.Where(pair => pair.Value.Sql.DeleteLeft))
        {
            var left = LeftRows.NameOf(name);
            _syncs[left] = new Sync(left, LeftRows.OptionsOf(sync)) { TakesRows = false };
        }
    }

    /// <summary>Those whose rows a query brings.</summary>
    public IEnumerable<Sync> Scheduled => _syncs.Values.Where(sync => sync.Query is not null);

    /// <summary>Every sync, by name.</summary>
    public IReadOnlyList<Sync> All => [.. _syncs.Values.OrderBy(sync => sync.Name, StringComparer.Ordinal)];

    /// <summary>The sync, or null when there is none of that name.</summary>
    public Sync? Find(string name) => _syncs.GetValueOrDefault(name);
}
