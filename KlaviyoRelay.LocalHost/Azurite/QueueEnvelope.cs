using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>
/// What Service Bus keeps beside a message and queue storage can't: ids. Written as base64 of JSON, because that
/// is what queue tools expect.
/// </summary>
internal sealed record QueueEnvelope(string MessageId, string SessionId, string Body)
{
    public static QueueEnvelope Of(QueueMessage message) => new(message.MessageId, message.SessionId, message.Body);

    public string Encode() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, QueueEnvelopeJsonContext.Compact.QueueEnvelope));

    /// <summary>Never fails: what is no envelope is a body without a session, which its reader will refuse.</summary>
    public static QueueEnvelope Decode(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return Bare(text);
        }

        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, length), QueueEnvelopeJsonContext.Default.QueueEnvelope) ?? Bare(text);
        }
        catch (JsonException)
        {
            return Bare(Encoding.UTF8.GetString(bytes, 0, length));
        }
    }

    private static QueueEnvelope Bare(string body) => new("", "", body);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(QueueEnvelope))]
[JsonSerializable(typeof(HeldMessage))]
internal sealed partial class QueueEnvelopeJsonContext : JsonSerializerContext
{
    /// <summary>Escapes no more than JSON asks for: the body is JSON itself, and a message has 48 KiB at most.</summary>
    public static QueueEnvelopeJsonContext Compact => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
