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

    private const int Small = 1024;

    private readonly ArrayBufferWriter<byte> _buffer;
    private int _attempts;

    private JsonBody(int expectedBytes)
    {
        _buffer = new ArrayBufferWriter<byte>(expectedBytes);
        Json = new Utf8JsonWriter(_buffer, KlaviyoJson.WriterOptions);
    }

    /// <summary>Writes the body.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>How many bytes were written and flushed.</summary>
    public int Length => _buffer.WrittenCount;

    /// <param name="expectedBytes">How long it will be, about: a buffer that has to grow is copied each time.</param>
    public static JsonBody Create(int expectedBytes = Small) => Kept.TryDequeue(out var body) ? body : new JsonBody(expectedBytes);

    /// <summary>Writes something that goes into bodies again and again.</summary>
    public static byte[] Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var body = Create();
        write(body.Json, state);
        body.Json.Flush();
        var written = body._buffer.WrittenSpan.ToArray();
        body.Reuse();
        return written;
    }

    /// <summary>The bytes, for one attempt to send them; not to be used after <see cref="Reuse"/>.</summary>
    public ReadOnlyMemory<byte> Attempt()
    {
        _attempts++;
        return _buffer.WrittenMemory;
    }

    /// <summary>
    /// Lets a later body have the buffer. Only to be called when the far end has accepted the body. One that was sent
    /// twice keeps it all the same: an attempt that was given up may still be under way, and must not send another
    /// customer's event.
    /// </summary>
    public void Reuse()
    {
        if (_attempts <= 1 && Kept.Count < MaxKept && _buffer.Capacity <= MaxKeptBytes)
        {
            _attempts = 0;
            _buffer.ResetWrittenCount();
            Json.Reset();
            Kept.Enqueue(this);
        }
    }
}
