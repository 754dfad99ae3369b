namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// Writes the body of <c>POST /api/events</c> (developers.klaviyo.com, Create Event).
/// </summary>
internal static class KlaviyoEventWriter
{
    public static JsonBody Write(KlaviyoEvent klaviyoEvent)
    {
        var body = JsonBody.Create();
        var json = body.Json;
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "event"u8);
        json.WriteStartObject("attributes"u8);
        KlaviyoJson.WriteEvent(json, klaviyoEvent);
        KlaviyoJson.WriteProfile(json, klaviyoEvent.Email, [klaviyoEvent]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body;
    }
}
