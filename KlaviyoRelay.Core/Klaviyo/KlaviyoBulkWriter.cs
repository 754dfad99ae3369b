namespace KlaviyoRelay.Core.Klaviyo;

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

    // With long subjects and links; most events are half of it.
    private const int BytesPerEvent = 1024;

    private readonly JsonBody _body;

    /// <param name="events">How many there will be.</param>
    public KlaviyoBulkWriter(int events)
    {
        _body = JsonBody.Create(events * BytesPerEvent);
        var json = _body.Json;
        json.WriteStartObject();
        json.WriteStartObject(KlaviyoWords.Data);
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.EventBulkCreateJob);
        json.WriteStartObject(KlaviyoWords.Attributes);
        json.WriteStartObject(KlaviyoWords.EventsBulkCreate);
        json.WriteStartArray(KlaviyoWords.Data);
    }

    /// <summary>Writes an entry: one email with its events in order.</summary>
    public void Add(string email, ReadOnlySpan<KlaviyoEvent> events)
    {
        var json = _body.Json;
        json.WriteStartObject();
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.EventBulkCreate);
        json.WriteStartObject(KlaviyoWords.Attributes);
        KlaviyoJson.WriteProfile(json, email, events);
        json.WriteStartObject(KlaviyoWords.Events);
        json.WriteStartArray(KlaviyoWords.Data);
        foreach (var klaviyoEvent in events)
        {
            json.WriteStartObject();
            json.WriteString(KlaviyoWords.Type, KlaviyoWords.Event);
            json.WriteStartObject(KlaviyoWords.Attributes);
            KlaviyoJson.WriteEvent(json, klaviyoEvent);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The whole body.</summary>
    public JsonBody End()
    {
        var json = _body.Json;
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return _body;
    }
}
