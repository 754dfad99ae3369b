using System.Buffers;
using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// Writes the body of <c>POST /api/events</c> (developers.klaviyo.com, Create Event).
/// </summary>
internal static class KlaviyoEventWriter
{
    public static ReadOnlyMemory<byte> Write(KlaviyoEvent klaviyoEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, KlaviyoJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("data"u8);
            json.WriteString("type"u8, "event"u8);
            json.WriteStartObject("attributes"u8);
            KlaviyoJson.WriteEvent(json, klaviyoEvent);
            KlaviyoJson.WriteProfile(json, klaviyoEvent.Email, [klaviyoEvent]);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
