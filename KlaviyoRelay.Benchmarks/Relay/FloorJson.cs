using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks.Kustomer;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>Writes the bodies that the relay would send, by hand.</summary>
internal static class FloorJson
{
    public static void WriteSingle(Utf8JsonWriter json, FloorEvent floorEvent)
    {
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "event"u8);
        json.WriteStartObject("attributes"u8);
        WriteEvent(json, floorEvent);
        WriteProfile(json, floorEvent);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteBulk(Utf8JsonWriter json, IReadOnlyList<FloorEvent> events, int start, int end)
    {
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "event-bulk-create-job"u8);
        json.WriteStartObject("attributes"u8);
        json.WriteStartObject("events-bulk-create"u8);
        json.WriteStartArray("data"u8);
        for (var index = start; index < end; index++)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "event-bulk-create"u8);
            json.WriteStartObject("attributes"u8);
            WriteProfile(json, events[index]);
            json.WriteStartObject("events"u8);
            json.WriteStartArray("data"u8);
            json.WriteStartObject();
            json.WriteString("type"u8, "event"u8);
            json.WriteStartObject("attributes"u8);
            WriteEvent(json, events[index]);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, FloorEvent floorEvent)
    {
        json.WriteStartObject("properties"u8);
        json.WriteString("conversationId"u8, floorEvent.ConversationId);
        json.WriteString("conversationLink"u8, floorEvent.Link);
        json.WriteString("subject"u8, floorEvent.Subject);
        json.WriteEndObject();
        json.WriteString("time"u8, Workload.Time);
        WriteUniqueId(json, floorEvent);
        json.WriteStartObject("metric"u8);
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "metric"u8);
        json.WriteStartObject("attributes"u8);
        json.WriteString("name"u8, KustomerDefaults.Value.Opened);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Forty hex characters of a hash, as the relay's: an id has to follow from what happened and to whom.</summary>
    private static void WriteUniqueId(Utf8JsonWriter json, FloorEvent floorEvent)
    {
        Span<byte> text = stackalloc byte[512];
        var length = Encoding.UTF8.GetBytes(floorEvent.EventId, text);
        length += Encoding.UTF8.GetBytes(floorEvent.Email, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        Span<byte> hex = stackalloc byte[40];
        Convert.TryToHexStringLower(hash[..20], hex, out _);
        json.WriteString("unique_id"u8, hex);
    }

    private static void WriteProfile(Utf8JsonWriter json, FloorEvent floorEvent)
    {
        json.WriteStartObject("profile"u8);
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "profile"u8);
        json.WriteStartObject("attributes"u8);
        json.WriteString("email"u8, floorEvent.Email);
        json.WriteStartObject("properties"u8);
        json.WriteBoolean(Workload.ProfileProperty, value: true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
