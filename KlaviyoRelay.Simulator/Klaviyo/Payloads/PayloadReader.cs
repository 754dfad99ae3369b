using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Payloads;

/// <summary>Reads the two event bodies. Every wrong field is reported; with any error nothing may be recorded.</summary>
internal sealed class PayloadReader
{
    private readonly FieldReader _reader = new();
    private readonly BodyReader _body;
    private readonly ProfileReader _profiles;
    private readonly EventReader _events;
    private readonly BulkReader _bulk;
    private readonly bool _hasBackfill;

    public PayloadReader(DateTimeOffset now, bool hasBackfill)
    {
        _body = new BodyReader(_reader);
        _profiles = new ProfileReader(_reader);
        _events = new EventReader(_reader, now);
        _bulk = new BulkReader(_reader, _profiles, _events, hasBackfill);
        _hasBackfill = hasBackfill;
    }

    public IReadOnlyList<KlaviyoError> Errors => _reader.Errors;

    /// <summary>The body of <c>POST /api/events</c>: one profile, one event.</summary>
    public IReadOnlyList<ProfileEvents> ReadSingle(ReadOnlyMemory<byte> body)
    {
        using var document = _body.Parse(body);
        if (document is null || _body.Data(document, "event") is not { } data)
        {
            return [];
        }

        var known = _hasBackfill ? MemberNames.EventWithBackfill : MemberNames.Event;
        if (_events.Attributes(data, known) is not { } attributes)
        {
            return [];
        }

        var created = _events.Read(attributes);
        return _profiles.ReadWithin(attributes, isBulk: false) is { } profile ? [new ProfileEvents(profile, [created])] : [];
    }

    /// <summary>The body of <c>POST /api/event-bulk-create-jobs</c>: profiles, each with its events.</summary>
    public IReadOnlyList<ProfileEvents> ReadBulk(ReadOnlyMemory<byte> body)
    {
        using var document = _body.Parse(body);
        return document is not null && _body.Data(document, BulkReader.JobType) is { } data ? _bulk.Read(data) : [];
    }
}
