namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>
/// Writes the body of <c>POST /api/event-bulk-create-jobs</c> (developers.klaviyo.com, Bulk Create Events): one
/// profile entry per email, with its events grouped under it.
/// </summary>
internal sealed class KlaviyoBulkWriter
{
    /// <summary>The most events of one job.</summary>
    public const int MaxEvents = 1000;

    /// <summary>The largest body: Klaviyo takes 5 MB.</summary>
    public const int MaxBytes = 5_000_000;

    // Email, id and all that stands around an event's content.
    private const int BytesAround = 400;

    private readonly JsonBody _body;
    private bool _hasEntry;

    /// <param name="events">How many there will be.</param>
    /// <param name="contentBytes">How long the content of one is, about.</param>
    public KlaviyoBulkWriter(int events, int contentBytes)
    {
        _body = JsonBody.Create(BytesAround + (events * (BytesAround + contentBytes)));
        _body.Append("""{"data":{"type":"event-bulk-create-job","attributes":{"events-bulk-create":{"data":["""u8);
    }

    /// <summary>Writes an entry: one email with its events in order.</summary>
    public void Add(string email, ReadOnlySpan<KlaviyoEvent> events)
    {
        Separate(_hasEntry);
        _hasEntry = true;
        _body.Append("""{"type":"event-bulk-create","attributes":{"""u8);
        KlaviyoJson.WriteProfile(_body, email, events);
        _body.Append(""","events":{"data":["""u8);
        for (var index = 0; index < events.Length; index++)
        {
            Separate(index > 0);
            _body.Append("""{"type":"event","attributes":{"""u8);
            KlaviyoJson.WriteEvent(_body, events[index]);
            _body.Append("}}"u8);
        }

        _body.Append("]}}}"u8);
    }

    /// <summary>The whole body.</summary>
    public JsonBody End()
    {
        _body.Append("]}}}}"u8);
        return _body;
    }

    private void Separate(bool isNext)
    {
        if (isNext)
        {
            _body.Append(","u8);
        }
    }
}
