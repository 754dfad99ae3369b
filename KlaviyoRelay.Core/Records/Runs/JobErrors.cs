using KlaviyoRelay.Core.Klaviyo.Jobs;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Mapping;

namespace KlaviyoRelay.Core.Records.Runs;

/// <summary>Ties the errors of a job to its rows by identifier, because Klaviyo names no index: by the email, then the phone number, then the external id.</summary>
public static class JobErrors
{
    /// <param name="sync">The sync.</param>
    /// <param name="map">The chunk's entries.</param>
    /// <param name="job">The job.</param>
    /// <param name="errors">Klaviyo's errors, all pages of them.</param>
    /// <returns>The rows that they are of. An error of no row of the job is left out: <see cref="JobState.Failed"/> still counts it.</returns>
    public static IReadOnlyList<EntryRejection> Tie(Sync sync, ChunkMap map, JobState job, IEnumerable<ImportError> errors)
    {
        var indexes = new Dictionary<(string Kind, string Value), int>();
        foreach (var index in EntryRange.Expand(job.Entries))
        {
            foreach (var identifier in map.Entries[index].Identifiers().Compared())
            {
                indexes.TryAdd(identifier, index);
            }
        }

        var tied = new Dictionary<int, EntryRejection>();
        foreach (var error in errors)
        {
            var found = new Identifiers(error.Email, error.Phone, error.ExternalId).Compared().Where(indexes.ContainsKey).Select(identifier => (int?)indexes[identifier]).FirstOrDefault();
            if (found is { } index)
            {
                tied.TryAdd(index, new EntryRejection(index, new RowRejection(map.Entries[index].Row, ColumnOf(sync, error.Pointer), RowReasons.Refused, error.Detail)));
            }
        }

        return [.. tied.Values.OrderBy(rejection => rejection.Index)];
    }

    private static string? ColumnOf(Sync sync, string? pointer)
    {
        var at = pointer?.LastIndexOf("attributes/", StringComparison.Ordinal) ?? -1;
        return at < 0 || pointer is null ? null : SyncColumns.Find(sync.Mapping, pointer[(at + "attributes/".Length)..]);
    }
}
