using System.Text.Json;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Conversations;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>The names that a connection's events carry, encoded once: its metrics, its profile property and its event properties.</summary>
internal sealed class KlaviyoNames
{
    private readonly byte[][] _metrics;
    private readonly byte[] _outOfConversation;
    private readonly byte[] _inConversation;

    public KlaviyoNames(Connection connection)
    {
        _metrics = [.. Enum.GetValues<ConversationEventKind>().Select(kind => Metric(connection.MetricFor(kind)))];
        _outOfConversation = ProfileProperties(connection.ProfileProperty, value: false);
        _inConversation = ProfileProperties(connection.ProfileProperty, value: true);
        var names = connection.Options.Properties;
        ConversationChannel = Encode(names.ConversationChannel);
        ConversationId = Encode(names.ConversationId);
        ConversationLink = Encode(names.ConversationLink);
        Rating = Encode(names.Rating);
        Score = Encode(names.Score);
        Subject = Encode(names.Subject);
    }

    public JsonEncodedText ConversationChannel { get; }

    public JsonEncodedText ConversationId { get; }

    public JsonEncodedText ConversationLink { get; }

    public JsonEncodedText Rating { get; }

    public JsonEncodedText Score { get; }

    public JsonEncodedText Subject { get; }

    /// <summary>The metric of a kind of event, as JSON.</summary>
    public ReadOnlySpan<byte> Metric(ConversationEventKind kind) => _metrics[(int)kind];

    /// <summary>A profile's properties, as JSON: the one property with this value.</summary>
    public ReadOnlySpan<byte> ProfileProperties(bool value) => value ? _inConversation : _outOfConversation;

    private static JsonEncodedText Encode(string name) => JsonEncodedText.Encode(name, KlaviyoJson.WriterOptions.Encoder);

    private static byte[] Metric(string name) => JsonBody.Write(name, static (json, name) =>
    {
        json.WriteStartObject();
        json.WriteStartObject(KlaviyoWords.Data);
        json.WriteString(KlaviyoWords.Type, KlaviyoWords.Metric);
        json.WriteStartObject(KlaviyoWords.Attributes);
        json.WriteString(KlaviyoWords.Name, name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static byte[] ProfileProperties(string? name, bool value) => JsonBody.Write((Name: name, Value: value), static (json, property) =>
    {
        json.WriteStartObject();
        if (property.Name is not null)
        {
            json.WriteBoolean(property.Name, property.Value);
        }

        json.WriteEndObject();
    });
}
