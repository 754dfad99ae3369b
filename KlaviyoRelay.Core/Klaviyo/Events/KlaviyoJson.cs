using KlaviyoRelay.Core.Klaviyo.Profiles;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>
/// The parts that a single event and a bulk job have in common. Klaviyo refuses members it does not know, so only
/// these are written; of the profile only the email and our own property, because profile data in an event
/// overwrites the profile.
/// </summary>
internal static class KlaviyoJson
{
    /// <summary>The event's members: properties, time, metric and unique_id.</summary>
    public static void WriteEvent(JsonBody body, KlaviyoEvent klaviyoEvent)
    {
        body.Append(klaviyoEvent.Content.Members);
        body.Append("""
            ,"unique_id":"
            """u8);
        body.Append(klaviyoEvent.UniqueId);
        body.Append("\""u8);
    }

    /// <summary>The profile of one email (or phone number): the last of its events that says something about a property decides.</summary>
    public static void WriteProfile(JsonBody body, string email, ReadOnlySpan<KlaviyoEvent> events)
    {
        body.Append(PhoneNumber.IsOne(email)
            ? """
              "profile":{"data":{"type":"profile","attributes":{"phone_number":
              """u8
            : """
              "profile":{"data":{"type":"profile","attributes":{"email":
              """u8);
        body.AppendText(email);
        WriteProfileProperties(body, events);
        body.Append("}}}"u8);
    }

    private static void WriteProfileProperties(JsonBody body, ReadOnlySpan<KlaviyoEvent> events)
    {
        // Nearly every email has one event in a job, and needs no dictionary.
        if (events is [var only])
        {
            if (only is { Content.ProfileProperty: { } property, InConversation: { } said })
            {
                body.Append(""","properties":"""u8);
                body.Append(property.Of(said));
            }

            return;
        }

        var properties = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var klaviyoEvent in events)
        {
            if (klaviyoEvent is { Content.ProfileProperty.Name: { } name, InConversation: { } value })
            {
                properties[name] = value;
            }
        }

        if (properties.Count > 0)
        {
            body.Append(""","properties":"""u8);
            body.Append(JsonBody.Fragment(properties, (json, all) =>
            {
                json.WriteStartObject();
                foreach (var (name, value) in all)
                {
                    json.WriteBoolean(name, value);
                }

                json.WriteEndObject();
            }));
        }
    }
}
