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
        json.WriteStartObject(KlaviyoWords.Data);
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.Event);
        json.WriteStartObject(KlaviyoWords.Attributes);
        KlaviyoJson.WriteEvent(json, klaviyoEvent);
        KlaviyoJson.WriteProfile(json, klaviyoEvent.Email, [klaviyoEvent]);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body;
    }
}
