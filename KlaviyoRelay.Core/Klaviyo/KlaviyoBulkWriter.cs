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
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "event-bulk-create-job"u8);
        json.WriteStartObject("attributes"u8);
        json.WriteStartObject("events-bulk-create"u8);
        json.WriteStartArray("data"u8);
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
        json.WriteString("type"u8, "event-bulk-create"u8);
        json.WriteStartObject("attributes"u8);
        KlaviyoJson.WriteProfile(json, entry.Email, entry.Events);
        json.WriteStartObject("events"u8);
        json.WriteStartArray("data"u8);
        foreach (var klaviyoEvent in entry.Events)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "event"u8);
            json.WriteStartObject("attributes"u8);
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
