using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KlaviyoRelay.Simulator.Http;

/// <summary>JSON as bytes, written without reflection.</summary>
internal static class JsonBytes
{
    // Relaxed: an address such as jane+tag@... stays readable in the output; nothing here ends up in a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    public static Answer Answer(int status, Action<Utf8JsonWriter> write, string contentType = "application/json") =>
        new(status, contentType, Write(write));
}
