using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>The body of a batch send: <c>[{"Body":"...","BrokerProperties":{"MessageId":"...","SessionId":"..."}}]</c>.</summary>
internal static class ServiceBusBatch
{
    // A batch of the Standard tier may have 256 KB with everything around it.
    private const int MaxBodyBytes = 160 * 1024;
    private const int MaxMessages = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The messages in as few requests as their size allows, in order.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(IReadOnlyList<QueueMessage> messages)
    {
        var page = new List<QueueMessage>();
        var bytes = 0;
        foreach (var message in messages)
        {
            var size = Encoding.UTF8.GetByteCount(message.Body);
            if (page.Count == MaxMessages || (page.Count > 0 && bytes + size > MaxBodyBytes))
            {
                yield return Write(page);
                page.Clear();
                bytes = 0;
            }

            page.Add(message);
            bytes += size;
        }

        if (page.Count > 0)
        {
            yield return Write(page);
        }
    }

    private static ReadOnlyMemory<byte> Write(List<QueueMessage> messages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var message in messages)
            {
                json.WriteStartObject();
                json.WriteString("Body"u8, message.Body);
                json.WriteStartObject("BrokerProperties"u8);
                json.WriteString("MessageId"u8, message.MessageId);
                json.WriteString("SessionId"u8, message.SessionId);
                json.WriteString("ContentType"u8, "application/json"u8);
                if (message.NotBefore is { } notBefore)
                {
                    json.WriteString("ScheduledEnqueueTimeUtc"u8, notBefore.ToString("R", CultureInfo.InvariantCulture));
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }
}
