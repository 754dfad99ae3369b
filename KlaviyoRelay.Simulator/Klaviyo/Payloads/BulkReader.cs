using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads a bulk job: entries, each of a profile and its events.</summary>
internal sealed class BulkReader(FieldReader reader, ProfileReader profiles, EventReader events, bool hasBackfill)
{
    public const string JobType = "event-bulk-create-job";
    private const string EntryType = "event-bulk-create";
    private const int LargestJob = 1000;

    public IReadOnlyList<ProfileEvents> Read(Field data)
    {
        if (Entries(data) is not { } list)
        {
            return [];
        }

        var entries = new List<ProfileEvents>(list.Element.GetArrayLength());
        var index = 0;
        foreach (var element in list.Element.EnumerateArray())
        {
            if (ReadEntry(new Field(element, At(list, index++))) is { } entry)
            {
                entries.Add(entry);
            }
        }

        CheckJob(entries, list);
        return entries;
    }

    private Field? Entries(Field data)
    {
        reader.AllowOnly(data, MemberNames.Resource, JobType);
        reader.RequireType(data, JobType);
        if (reader.Required(data, "attributes", JsonValueKind.Object, JobType) is not { } attributes)
        {
            return null;
        }

        reader.AllowOnly(attributes, MemberNames.BulkJob, JobType);
        if (reader.Required(attributes, "events-bulk-create", JsonValueKind.Object, JobType) is not { } job)
        {
            return null;
        }

        reader.AllowOnly(job, MemberNames.Document, JobType);
        return reader.Required(job, "data", JsonValueKind.Array, JobType);
    }

    private ProfileEvents? ReadEntry(Field entry)
    {
        if (entry.Element.ValueKind != JsonValueKind.Object)
        {
            reader.Fail("Expected an object", entry.Pointer);
            return null;
        }

        reader.AllowOnly(entry, MemberNames.Resource, EntryType);
        reader.RequireType(entry, EntryType);
        if (reader.Required(entry, "attributes", JsonValueKind.Object, EntryType) is not { } attributes)
        {
            return null;
        }

        reader.AllowOnly(attributes, hasBackfill ? MemberNames.BulkEntryWithBackfill : MemberNames.BulkEntry, EntryType);
        reader.OptionalBoolean(attributes, "backfill");
        var profile = profiles.ReadWithin(attributes, isBulk: true);
        var created = ReadEvents(attributes);
        return profile is null ? null : new ProfileEvents(profile, created);
    }

    private List<NewEvent> ReadEvents(Field parent)
    {
        var created = new List<NewEvent>();
        if (reader.Required(parent, "events", JsonValueKind.Object, EntryType) is not { } holder
            || reader.Required(holder, "data", JsonValueKind.Array, EntryType) is not { } list)
        {
            return created;
        }

        reader.AllowOnly(holder, MemberNames.Document, EntryType);
        if (list.Element.GetArrayLength() == 0)
        {
            reader.Fail("At least one event is required", list.Pointer);
        }

        var index = 0;
        foreach (var element in list.Element.EnumerateArray())
        {
            var data = new Field(element, At(list, index++));
            if (element.ValueKind != JsonValueKind.Object)
            {
                reader.Fail("Expected an object", data.Pointer);
            }
            else if (events.Attributes(data, hasBackfill ? MemberNames.BulkEventWithBackfill : MemberNames.BulkEvent) is { } attributes)
            {
                created.Add(events.Read(attributes));
            }
        }

        return created;
    }

    /// <summary>The rules for the job as a whole: its size, and no unique_id twice for one profile and metric.</summary>
    private void CheckJob(List<ProfileEvents> entries, Field list)
    {
        if (list.Element.GetArrayLength() == 0)
        {
            reader.Fail("At least one entry is required", list.Pointer);
        }

        if (entries.Sum(entry => entry.Events.Count) > LargestJob)
        {
            reader.Fail(string.Create(CultureInfo.InvariantCulture, $"A job must not have more than {LargestJob} events"), list.Pointer);
        }

        var seen = new HashSet<(ProfileIdentifier Profile, string Metric, string UniqueId)>();
        foreach (var (profile, ofProfile) in entries)
        {
            foreach (var created in ofProfile)
            {
                if (created.UniqueId is { } uniqueId && !seen.Add((profile.Identifiers().First(), created.Metric, uniqueId)))
                {
                    reader.Fail("'unique_id' is repeated for the same profile and metric", created.Pointer.At("unique_id"));
                }
            }
        }
    }

    private static FieldPointer At(Field list, int index) => list.Pointer.At(index.ToString(CultureInfo.InvariantCulture));
}
