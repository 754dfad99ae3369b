using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Records.Sources;

namespace KlaviyoRelay.Core.Records;

/// <summary>A sync as its settings, which have been validated, describe it.</summary>
public sealed class Sync(string name, SyncOptions options)
{
    public string Name { get; } = name;

    public string Account => options.Account;

    public SyncObject Object { get; } = SyncObjects.Find(options.Object, options.Behaviour) ?? throw new ArgumentException("The sync has no known object.", nameof(options));

    public string List => options.List;

    /// <summary>Whether rows can be posted to it.</summary>
    public bool TakesRows { get; init; } = options.Secret.Length > 0 || !options.Sql.IsUsed;

    public string Secret => options.Secret;

    public bool CreatesProfiles => options.CreateProfiles;

    public bool DropsBadPhones { get; } = options.BadPhone == "drop";

    public bool ClearsNulls { get; } = options.Nulls == "clear";

    public string? PhoneRegion { get; } = options.PhoneRegion.Length == 0 ? null : options.PhoneRegion;

    public string EventName => options.Event.Name;

    public bool BackfillsOldEvents => options.Event.Backfill;

    /// <summary>The query that brings rows by a schedule; null when they are posted only.</summary>
    public SqlQuery? Query { get; } = options.Sql.IsUsed ? new SqlQuery(options.Sql) : null;

    public SyncMapping Mapping { get; } = new(options);

    /// <summary>Makes the hashes of rows other than those of other syncs, so that a stranger can't choose an email that hashes like another person's.</summary>
    public long HashSeed { get; } = (long)UniqueId.ShortOf(options.Account, name);
}
