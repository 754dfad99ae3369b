using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What Klaviyo is told of one thing that happened to a conversation.</summary>
public static class ConversationContent
{
    // The writer asks for 4 KB whenever it needs more.
    private const int ExpectedBytes = 512;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static KlaviyoContent Of(Connection connection, ConversationEvent happened) =>
        new(connection.MetricFor(happened), happened.OccurredAt, Properties(connection, happened));

    private static ReadOnlyMemory<byte> Properties(Connection connection, ConversationEvent happened)
    {
        var properties = new ArrayBufferWriter<byte>(ExpectedBytes);
        using var json = new Utf8JsonWriter(properties, Options);
        json.WriteStartObject();
        if (connection.SendsProperties)
        {
            Write(json, connection.Options.Properties, happened);
        }

        json.WriteEndObject();
        json.Flush();
        return properties.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, PropertyNameOptions names, ConversationEvent happened)
    {
        // At creation the channel is not known yet (it comes with the first message), so it is left out for all.
        Write(json, names.ConversationChannel, happened.Kind == ConversationEventKind.Opened ? null : happened.Channel);
        Write(json, names.ConversationId, happened.ConversationId);
        Write(json, names.ConversationLink, happened.Link);
        if (happened.Rating is { } rating)
        {
            json.WriteNumber(names.Rating, rating);
            // As text, because Klaviyo ignores an event property of 0.
            json.WriteString(names.Score, rating >= 4 ? "1" : "0");
        }

        Write(json, names.Subject, happened.Subject);
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
