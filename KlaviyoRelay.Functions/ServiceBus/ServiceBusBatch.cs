using System.Buffers;
using System.Globalization;
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

    // Where the Functions host's trigger reads what its own request telemetry links to (azure-sdk-for-net,
    // MessagingClientDiagnostics). The relay itself goes by what the message's body says.
    private const string DiagnosticId = "Diagnostic-Id";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The messages in as few requests as their size allows, in order.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="diagnosticId">The traceparent of whoever sends them; null for none.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(IReadOnlyList<QueueMessage> messages, string? diagnosticId = null) =>
        Pages(messages, diagnosticId).Select(page => page.Body);

    /// <summary>As <see cref="Split"/>, with how many messages each holds.</summary>
    public static IEnumerable<(ReadOnlyMemory<byte> Body, int Count)> Pages(IReadOnlyList<QueueMessage> messages, string? diagnosticId = null)
    {
        var page = new ArrayBufferWriter<byte>();
        var count = 0;
        foreach (var message in messages)
        {
            // Counted as written: escaping makes quotes twice as long, and an emoji three times.
            var entry = Write(message, diagnosticId);
            if (count == MaxMessages || (count > 0 && page.WrittenCount + entry.Length > MaxBodyBytes))
            {
                yield return (Close(page), count);
                page = new ArrayBufferWriter<byte>();
                count = 0;
            }

            page.Write(count == 0 ? "["u8 : ","u8);
            page.Write(entry.Span);
            count++;
        }

        if (count > 0)
        {
            yield return (Close(page), count);
        }
    }

    private static ReadOnlyMemory<byte> Close(ArrayBufferWriter<byte> page)
    {
        page.Write("]"u8);
        return page.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Write(QueueMessage message, string? diagnosticId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
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
            if (diagnosticId is not null)
            {
                json.WriteStartObject("UserProperties"u8);
                json.WriteString(DiagnosticId, diagnosticId);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
