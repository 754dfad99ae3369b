using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>
/// A request's body while it is written and sent. What is the same in every body is appended as it stands, and only
/// texts from elsewhere go through a writer: most of an event is known beforehand. The buffer is used again for later
/// bodies: a large one would otherwise be a new object of the large object heap each time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A writer into a buffer holds nothing that would have to be given back.")]
internal sealed class JsonBody
{
    // As many as an instance sends at once; and none that one unusual body has made huge.
    private const int MaxKept = 32;
    private const int MaxKeptBytes = 2 * 1024 * 1024;

    private const int Small = 1024;

    private static readonly ConcurrentQueue<JsonBody> Kept = new();

    // Fragments are written within other bodies, and must not take their places in turn with them.
    [ThreadStatic]
    private static JsonBody? _scratch;

    // The body is not part of a page, so nothing but JSON's own characters has to be escaped.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer;
    private readonly Utf8JsonWriter _writer;
    private int _attempts;

    private JsonBody(int expectedBytes)
    {
        _buffer = new ArrayBufferWriter<byte>(expectedBytes);
        _writer = new Utf8JsonWriter(_buffer, WriterOptions);
    }

    /// <summary>How many bytes were written.</summary>
    public int Length => _buffer.WrittenCount;

    /// <summary>An empty body.</summary>
    /// <param name="expectedBytes">How long it will be, about: a buffer that has to grow is copied each time.</param>
    public static JsonBody Create(int expectedBytes = Small)
    {
        var size = Math.Min(expectedBytes, MaxKeptBytes);
        if (!Kept.TryDequeue(out var body))
        {
            return new JsonBody(size);
        }

        body._buffer.GetMemory(size);
        return body;
    }

    /// <summary>Writes something that goes into several bodies.</summary>
    public static byte[] Fragment<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var body = _scratch ?? new JsonBody(Small);
        // Not kept when writing fails: what was written by then would stand in the next fragment.
        _scratch = null;
        write(body._writer, state);
        body.Flush();
        var fragment = body._buffer.WrittenSpan.ToArray();
        body._buffer.ResetWrittenCount();
        _scratch = body;
        return fragment;
    }

    /// <summary>Appends JSON, whole or in part.</summary>
    public void Append(ReadOnlySpan<byte> json) => _buffer.Write(json);

    /// <summary>Appends an id, without quotes.</summary>
    public void Append(UniqueId id)
    {
        id.Write(_buffer.GetSpan(UniqueId.Characters));
        _buffer.Advance(UniqueId.Characters);
    }

    /// <summary>Appends a text as JSON writes it, with quotes.</summary>
    public void AppendText(string text)
    {
        _writer.WriteStringValue(text);
        Flush();
    }

    /// <summary>The bytes, for one attempt to send them; not to be used after <see cref="Reuse"/>.</summary>
    public ReadOnlyMemory<byte> Attempt()
    {
        _attempts++;
        return _buffer.WrittenMemory;
    }

    /// <summary>
    /// Lets a later body have the buffer. Only to be called when the far end has accepted the body, or it was never
    /// sent. One that was sent twice keeps it all the same: an attempt that was given up may still be under way, and
    /// must not send another customer's event.
    /// </summary>
    public void Reuse()
    {
        if (_attempts <= 1 && Kept.Count < MaxKept && _buffer.Capacity <= MaxKeptBytes)
        {
            _attempts = 0;
            _buffer.ResetWrittenCount();
            Kept.Enqueue(this);
        }
    }

    // The writer forgets what it has written, so that it sets no comma before the next.
    private void Flush()
    {
        _writer.Flush();
        _writer.Reset();
    }
}
