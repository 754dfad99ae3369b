using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>
/// A request's body while it is written and sent: a writer and its buffer, which are used again for later bodies. A
/// large body would otherwise be a new object of the large object heap each time, with several smaller ones before it.
/// </summary>
internal sealed class JsonBody
{
    // As many as an instance sends at once; and none that one unusual body has made huge.
    private const int MaxKept = 32;
    private const int MaxKeptBytes = 2 * 1024 * 1024;

    private static readonly ConcurrentQueue<JsonBody> Kept = new();

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private JsonBody() => Json = new Utf8JsonWriter(_buffer, KlaviyoJson.WriterOptions);

    /// <summary>Writes the body.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>What was written and flushed; not to be used after <see cref="Reuse"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.WrittenMemory;

    public static JsonBody Create() => Kept.TryDequeue(out var body) ? body : new JsonBody();

    /// <summary>
    /// Lets a later body have the buffer. Only to be called when the far end has taken the whole body: one that an
    /// attempt which was given up may still be sending must stay as it is.
    /// </summary>
    public void Reuse()
    {
        if (Kept.Count < MaxKept && _buffer.Capacity <= MaxKeptBytes)
        {
            _buffer.ResetWrittenCount();
            Json.Reset();
            Kept.Enqueue(this);
        }
    }
}
