namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>
/// Writes the body of <c>POST /api/events</c> (developers.klaviyo.com, Create Event).
/// </summary>
internal static class KlaviyoEventWriter
{
    public static JsonBody Write(KlaviyoEvent klaviyoEvent)
    {
        var body = JsonBody.Create();
        body.Append("""{"data":{"type":"event","attributes":{"""u8);
        KlaviyoJson.WriteEvent(body, klaviyoEvent);
        body.Append(","u8);
        KlaviyoJson.WriteProfile(body, klaviyoEvent.Email, [klaviyoEvent]);
        body.Append("}}}"u8);
        return body;
    }
}
