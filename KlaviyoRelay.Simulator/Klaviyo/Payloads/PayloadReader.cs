using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads the two event bodies. Every wrong field is reported; with any error nothing may be recorded.</summary>
internal sealed class PayloadReader
{
    private const int LargestJob = 1000;

    private readonly FieldReader _reader = new();
    private readonly ProfileReader _profiles;
    private readonly EventReader _events;
    private readonly bool _hasBackfill;

    public PayloadReader(DateTimeOffset now, bool hasBackfill)
    {
        _profiles = new ProfileReader(_reader);
        _events = new EventReader(_reader, now);
        _hasBackfill = hasBackfill;
    }

    public IReadOnlyList<KlaviyoError> Errors => _reader.Errors;

    /// <summary>The body of <c>POST /api/events</c>: one profile, one event.</summary>
    public IReadOnlyList<ProfileEvents> ReadSingle(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document is null || Data(document, "event") is not { } data)
        {
            return [];
        }

        var known = _hasBackfill ? MemberNames.EventWithBackfill : MemberNames.Event;
        if (_events.Attributes(data, known) is not { } attributes)
        {
            return [];
        }

        var created = _events.Read(attributes);
        return _profiles.Read(attributes, isBulk: false) is { } profile ? [new ProfileEvents(profile, [created])] : [];
    }

    /// <summary>The body of <c>POST /api/event-bulk-create-jobs</c>: profiles, each with its events.</summary>
    public IReadOnlyList<ProfileEvents> ReadBulk(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document is null || Job(document) is not { } list)
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

    private ProfileEvents? ReadEntry(Field entry)
    {
        const string type = "event-bulk-create";
        if (entry.Element.ValueKind != JsonValueKind.Object)
        {
            _reader.Fail("Expected an object", entry.Pointer);
            return null;
        }

        _reader.AllowOnly(entry, MemberNames.Resource, type);
        _reader.RequireType(entry, type);
        if (_reader.Required(entry, "attributes", JsonValueKind.Object, type) is not { } attributes)
        {
            return null;
        }

        _reader.AllowOnly(attributes, _hasBackfill ? MemberNames.BulkEntryWithBackfill : MemberNames.BulkEntry, type);
        _reader.OptionalBoolean(attributes, "backfill");
        var profile = _profiles.Read(attributes, isBulk: true);
        var events = ReadEvents(attributes, type);
        return profile is null ? null : new ProfileEvents(profile, events);
    }

    private List<NewEvent> ReadEvents(Field parent, string resource)
    {
        var events = new List<NewEvent>();
        if (_reader.Required(parent, "events", JsonValueKind.Object, resource) is not { } holder
            || _reader.Required(holder, "data", JsonValueKind.Array, resource) is not { } list)
        {
            return events;
        }

        _reader.AllowOnly(holder, MemberNames.Document, resource);
        if (list.Element.GetArrayLength() == 0)
        {
            _reader.Fail("At least one event is required", list.Pointer);
        }

        var index = 0;
        foreach (var element in list.Element.EnumerateArray())
        {
            var data = new Field(element, At(list, index++));
            if (element.ValueKind != JsonValueKind.Object)
            {
                _reader.Fail("Expected an object", data.Pointer);
            }
            else if (_events.Attributes(data, _hasBackfill ? MemberNames.BulkEventWithBackfill : MemberNames.BulkEvent) is { } attributes)
            {
                events.Add(_events.Read(attributes));
            }
        }

        return events;
    }

    /// <summary>The rules for the job as a whole: its size, and no unique_id twice for one profile and metric.</summary>
    private void CheckJob(List<ProfileEvents> entries, Field list)
    {
        if (list.Element.GetArrayLength() == 0)
        {
            _reader.Fail("At least one entry is required", list.Pointer);
        }

        if (entries.Sum(entry => entry.Events.Count) > LargestJob)
        {
            _reader.Fail(string.Create(CultureInfo.InvariantCulture, $"A job must not have more than {LargestJob} events"), list.Pointer);
        }

        var seen = new HashSet<(string Profile, string Metric, string UniqueId)>();
        foreach (var (profile, events) in entries)
        {
            foreach (var created in events)
            {
                if (created.UniqueId is { } uniqueId && !seen.Add((profile.Identifiers().First(), created.Metric, uniqueId)))
                {
                    _reader.Fail("'unique_id' is repeated for the same profile and metric", created.Pointer.At("unique_id"));
                }
            }
        }
    }

    private Field? Job(JsonDocument document)
    {
        const string type = "event-bulk-create-job";
        if (Data(document, type) is not { } data)
        {
            return null;
        }

        _reader.AllowOnly(data, MemberNames.Resource, type);
        _reader.RequireType(data, type);
        if (_reader.Required(data, "attributes", JsonValueKind.Object, type) is not { } attributes)
        {
            return null;
        }

        _reader.AllowOnly(attributes, MemberNames.BulkJob, type);
        if (_reader.Required(attributes, "events-bulk-create", JsonValueKind.Object, type) is not { } job)
        {
            return null;
        }

        _reader.AllowOnly(job, MemberNames.Document, type);
        return _reader.Required(job, "data", JsonValueKind.Array, type);
    }

    private Field? Data(JsonDocument document, string resource)
    {
        var root = new Field(document.RootElement, FieldPointer.Root);
        if (root.Element.ValueKind != JsonValueKind.Object)
        {
            _reader.Fail(KlaviyoErrors.NotJson);
            return null;
        }

        _reader.AllowOnly(root, MemberNames.Document, resource);
        return _reader.Required(root, "data", JsonValueKind.Object, resource);
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            _reader.Fail(KlaviyoErrors.NotJson);
            return null;
        }
    }

    private static FieldPointer At(Field list, int index) => list.Pointer.At(index.ToString(CultureInfo.InvariantCulture));
}
