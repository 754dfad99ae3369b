using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Mapping;

namespace KlaviyoRelay.Core.Records.Delivery;

/// <summary>Decides what becomes of an entry that Klaviyo's errors name: it goes again without the named fields, or is rejected.</summary>
public sealed class RefusedEntry(Sync sync, ChunkMap map)
{

    /// <summary>The entry without what is named; null when it is rejected.</summary>
    /// <param name="entry">The entry as it was sent.</param>
    /// <param name="errors">What names it: the error, the path within the entry, and the profile's field if it is one.</param>
    /// <param name="warnings">Takes what is left out.</param>
    /// <param name="rejection">Why it is rejected; null when it is not.</param>
    public PlannedEntry? Without(
        PlannedEntry entry, IReadOnlyList<(KlaviyoRefusal Error, string Path, string? Field)> errors, List<RowWarning> warnings, out RowRejection? rejection)
    {
        var row = map.Entries[entry.Index];
        var dropped = entry.Dropped.Concat(errors.Select(error => error.Path)).Distinct(StringComparer.Ordinal).ToList();
        var fatal = errors.FirstOrDefault(error => !IsDroppable(error.Field) || entry.Dropped.Contains(error.Path));
        if (fatal.Error is null && !HasIdentifier(row, dropped))
        {
            fatal = errors[0];
        }

        if (fatal.Error is not null)
        {
            rejection = new RowRejection(row.Row, ColumnOf(fatal.Field), RowReasons.Refused, fatal.Error.Detail);
            return null;
        }

        rejection = null;
        warnings.AddRange(errors.Select(error => new RowWarning(row.Row, ColumnOf(error.Field), $"{error.Error.Detail} It is left out.")));
        return entry with { Dropped = dropped };
    }

    // A row whose phone number is to be right is rejected with it. Without a field, all of the entry is named.
    private bool IsDroppable(string? field) => field is not null && (field != "phone_number" || sync.DropsBadPhones);

    private static bool HasIdentifier(ChunkEntry row, IReadOnlyList<string> dropped) =>
        row.Identifiers().Compared().Any(identifier => !dropped.Any(path => path.EndsWith($"attributes/{identifier.Kind}", StringComparison.Ordinal)));

    private string? ColumnOf(string? field) => field is null ? null : SyncColumns.Find(sync.Mapping, field);
}
