using System.Text.Json;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Writes the properties of an event; none at all for a helpdesk whose events say no more than the metric.</summary>
internal static class KlaviyoProperties
{
    public static byte[] Write(KlaviyoContent content) => JsonBody.Write(content, static (json, content) =>
    {
        json.WriteStartObject();
        if (content.Connection.SendsProperties)
        {
            WriteMembers(json, content.Connection.KlaviyoNames, content.Conversation);
        }

        json.WriteEndObject();
    });

    private static void WriteMembers(Utf8JsonWriter json, KlaviyoNames names, ConversationEvent conversation)
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

    private static void WriteText(Utf8JsonWriter json, JsonEncodedText name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
