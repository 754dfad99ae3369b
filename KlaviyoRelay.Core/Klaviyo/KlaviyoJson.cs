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
        WriteProperties(json, klaviyoEvent);
        json.WriteString(KlaviyoWords.Time, ToTheSecond(klaviyoEvent.Conversation.OccurredAt));
        json.WriteString(KlaviyoWords.UniqueId, klaviyoEvent.UniqueId);
        json.WriteStartObject(KlaviyoWords.Metric);
        json.WriteStartObject(KlaviyoWords.Data);
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.Metric);
        json.WriteStartObject(KlaviyoWords.Attributes);
        json.WriteString(KlaviyoWords.Name, klaviyoEvent.Metric);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The profile of one email (or phone number): the last of its events that says something about a property decides.</summary>
    public static void WriteProfile(Utf8JsonWriter json, string email, IReadOnlyList<KlaviyoEvent> events)
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

    private static void WriteProfileProperties(Utf8JsonWriter json, IReadOnlyList<KlaviyoEvent> events)
    {
        // Nearly every email has one event in a job, and needs no dictionary.
        if (events is [{ Connection.ProfileProperty: { } only, InConversation: { } value }])
        {
            json.WriteStartObject(KlaviyoWords.Properties);
            json.WriteBoolean(only, value);
            json.WriteEndObject();
            return;
        }

        var properties = events
            .Where(klaviyoEvent => klaviyoEvent is { Connection.ProfileProperty: not null, InConversation: not null })
            .GroupBy(klaviyoEvent => klaviyoEvent.Connection.ProfileProperty ?? "", klaviyoEvent => klaviyoEvent.InConversation ?? false, StringComparer.Ordinal)
            .ToList();
        if (properties.Count > 0)
        {
            json.WriteStartObject(KlaviyoWords.Properties);
            foreach (var property in properties)
            {
                json.WriteBoolean(property.Key, property.Last());
            }

            json.WriteEndObject();
        }
    }

    // Klaviyo cuts the rest off. A UTC time without a fraction is written as 2026-01-15T08:00:00Z.
    private static DateTime ToTheSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private static void WriteProperties(Utf8JsonWriter json, KlaviyoEvent klaviyoEvent)
    {
        json.WriteStartObject(KlaviyoWords.Properties);
        if (klaviyoEvent.Connection.SendsProperties)
        {
            var conversation = klaviyoEvent.Conversation;
            var names = klaviyoEvent.Connection.Options.Properties;
            // At creation the channel is not known yet (it comes with the first message), so it is left out for all.
            WriteText(json, names.ConversationChannel, conversation.Kind == ConversationEventKind.Opened ? null : conversation.Channel);
            WriteText(json, names.ConversationId, conversation.ConversationId);
            WriteText(json, names.ConversationLink, conversation.Link);
            if (conversation.Rating is { } rating)
            {
                json.WriteNumber(names.Rating, rating);
                // As text, because Klaviyo ignores an event property of 0.
                json.WriteString(names.Score, rating >= 4 ? "1"u8 : "0"u8);
            }

            WriteText(json, names.Subject, conversation.Subject);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
