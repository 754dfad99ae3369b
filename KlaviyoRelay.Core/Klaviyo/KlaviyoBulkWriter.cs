using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// Writes the body of <c>POST /api/event-bulk-create-jobs</c> (developers.klaviyo.com, Bulk Create Events): one
/// profile entry per email, with its events grouped under it.
/// </summary>
internal static class KlaviyoBulkWriter
{
    /// <summary>The most events of one job.</summary>
    public const int MaxEvents = 1000;

    /// <summary>The largest body: Klaviyo takes 5 MB.</summary>
    public const int MaxBytes = 5_000_000;

    public static JsonBody Write(IEnumerable<KlaviyoBulkEntry> entries)
    {
        var body = JsonBody.Create();
        var json = body.Json;
        json.WriteStartObject();
        json.WriteStartObject(KlaviyoWords.Data);
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.EventBulkCreateJob);
        json.WriteStartObject(KlaviyoWords.Attributes);
        json.WriteStartObject(KlaviyoWords.EventsBulkCreate);
        json.WriteStartArray(KlaviyoWords.Data);
        foreach (var entry in entries)
        {
            WriteEntry(json, entry);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body;
    }

    private static void WriteEntry(Utf8JsonWriter json, KlaviyoBulkEntry entry)
    {
        json.WriteStartObject();
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.EventBulkCreate);
        json.WriteStartObject(KlaviyoWords.Attributes);
        KlaviyoJson.WriteProfile(json, entry.Email, entry.Events);
        json.WriteStartObject(KlaviyoWords.Events);
        json.WriteStartArray(KlaviyoWords.Data);
        foreach (var klaviyoEvent in entry.Events)
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
}
