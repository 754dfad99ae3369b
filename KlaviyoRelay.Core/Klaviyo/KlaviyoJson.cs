using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// The parts that a single event and a bulk job have in common. Klaviyo refuses members it does not know, so only
/// these are written; of the profile only the email and our own property, because profile data in an event
/// overwrites the profile.
/// </summary>
internal static class KlaviyoJson
{
    // The body is not part of a page, so nothing but JSON's own characters has to be escaped.
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The event's members: properties, time, unique_id and metric.</summary>
    public static void WriteEvent(Utf8JsonWriter json, KlaviyoEvent klaviyoEvent)
    {
        var content = klaviyoEvent.Content;
        WriteRaw(json, KlaviyoWords.Properties, content.Properties);
        json.WriteString(KlaviyoWords.Time, content.Time);
        WriteUniqueId(json, klaviyoEvent.UniqueId);
        WriteRaw(json, KlaviyoWords.Metric, content.Metric);
    }

    /// <summary>The profile of one email (or phone number): the last of its events that says something about a property decides.</summary>
    public static void WriteProfile(Utf8JsonWriter json, string email, ReadOnlySpan<KlaviyoEvent> events)
    {
        json.WriteStartObject(KlaviyoWords.Profile);
        json.WriteStartObject(KlaviyoWords.Data);
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.Profile);
        json.WriteStartObject(KlaviyoWords.Attributes);
        json.WriteString(PhoneNumber.IsOne(email) ? KlaviyoWords.PhoneNumber : KlaviyoWords.Email, email);
        WriteProfileProperties(json, events);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUniqueId(Utf8JsonWriter json, UniqueId id)
    {
        Span<byte> text = stackalloc byte[UniqueId.Characters];
        id.Write(text);
        json.WriteString(KlaviyoWords.UniqueId, text);
    }

    private static void WriteProfileProperties(Utf8JsonWriter json, ReadOnlySpan<KlaviyoEvent> events)
    {
        // Nearly every email has one event in a job, and needs no dictionary.
        if (events is [{ Content.Connection: { ProfileProperty: not null } only, InConversation: { } said }])
        {
            WriteRaw(json, KlaviyoWords.Properties, only.KlaviyoNames.ProfileProperties(said));
            return;
        }

        var properties = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var klaviyoEvent in events)
        {
            if (klaviyoEvent is { Content.Connection.ProfileProperty: { } name, InConversation: { } value })
            {
                properties[name] = value;
            }
        }

        if (properties.Count > 0)
        {
            json.WriteStartObject(KlaviyoWords.Properties);
            foreach (var (name, value) in properties)
            {
                json.WriteBoolean(name, value);
            }

            json.WriteEndObject();
        }
    }

    /// <summary>Writes a member whose value was written before, by a writer like this one.</summary>
    private static void WriteRaw(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
