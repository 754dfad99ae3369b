using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>Splits JSON rows, an array or one object after another, into parts of one object a line.</summary>
internal static class JsonParts
{
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="json">The rows.</param>
    /// <param name="isArray">Whether they are one array.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream json, bool isArray, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = JsonSerializer.DeserializeAsyncEnumerable(json, CliJson.Default.JsonElement, topLevelValues: !isArray, cancellationToken);
        var (part, count) = (new ArrayBufferWriter<byte>(64 * 1024), 0);
        await foreach (var row in rows)
        {
            await using (var line = new Utf8JsonWriter(part, AsWritten))
            {
                row.WriteTo(line);
            }

            part.Write("\n"u8);
            if (++count == FilePart.MaxRows || part.WrittenCount >= FilePart.FullBytes)
            {
                yield return part.WrittenMemory;
                (part, count) = (new ArrayBufferWriter<byte>(64 * 1024), 0);
            }
        }

        if (count > 0)
        {
            yield return part.WrittenMemory;
        }
    }
}
