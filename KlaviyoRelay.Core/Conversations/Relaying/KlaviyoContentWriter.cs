using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>Writes what the events of one happening have in common, whatever the email.</summary>
internal static class KlaviyoContentWriter
{
    /// <summary>An object with properties, time and metric.</summary>
    public static byte[] Write(Connection connection, ConversationEvent conversation) => JsonBody.Fragment((connection, conversation), static (json, content) =>
    {
        var (connection, conversation) = content;
        json.WriteStartObject();
        json.WriteStartObject("properties"u8);
        if (connection.SendsProperties)
        {
            WriteProperties(json, connection.Options.Properties, conversation);
        }

        json.WriteEndObject();
        json.WriteString("time"u8, ToTheSecond(conversation.OccurredAt));
        WriteMetric(json, connection.MetricFor(conversation));
        json.WriteEndObject();
    });

    // Klaviyo cuts the rest off. A UTC time without a fraction is written as 2026-01-15T08:00:00Z.
    private static DateTime ToTheSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private static void WriteProperties(Utf8JsonWriter json, PropertyNameOptions names, ConversationEvent conversation)
    {
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

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteMetric(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject("metric"u8);
        json.WriteStartObject("data"u8);
        json.WriteString("type"u8, "metric"u8);
        json.WriteStartObject("attributes"u8);
        json.WriteString("name"u8, name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
