using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>
/// The least that a C# program does to bring the workload's events to Klaviyo: an HttpClient, a Utf8JsonWriter into
/// a buffer that is used again, and a look at the status. Its bodies are what the relay sends.
/// </summary>
internal sealed class FloorClient : IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly MediaTypeHeaderValue JsonApi = new("application/vnd.api+json");

    // Of the bulk jobs.
    private readonly ArrayBufferWriter<byte> _buffer = new(1024 * 1024);
    private readonly Utf8JsonWriter _json;

    private readonly HttpClient _http;

    public FloorClient(Uri farEnd)
    {
        _json = new Utf8JsonWriter(_buffer, WriterOptions);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(farEnd, "klaviyo/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Klaviyo-API-Key", RelaySettings.KlaviyoKey);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.api+json"));
        _http.DefaultRequestHeaders.Add("revision", "2026-07-15");
    }

    /// <summary>One request per event, as many at once as the relay makes.</summary>
    public Task SendSinglesAsync(IReadOnlyList<FloorEvent> events, int parallel)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            var buffer = new ArrayBufferWriter<byte>(1024);
            using var json = new Utf8JsonWriter(buffer, WriterOptions);
            while (Interlocked.Increment(ref next) is var index && index < events.Count)
            {
                buffer.ResetWrittenCount();
                json.Reset();
                FloorJson.WriteSingle(json, events[index]);
                json.Flush();
                await PostAsync("api/events", buffer.WrittenMemory);
            }
        }));
    }

    /// <summary>A bulk job per 1,000 events, one after another.</summary>
    public async Task SendBulkAsync(IReadOnlyList<FloorEvent> events)
    {
        const int jobSize = 1000;
        for (var start = 0; start < events.Count; start += jobSize)
        {
            _buffer.ResetWrittenCount();
            _json.Reset();
            FloorJson.WriteBulk(_json, events, start, Math.Min(start + jobSize, events.Count));
            _json.Flush();
            await PostAsync("api/event-bulk-create-jobs", _buffer.WrittenMemory);
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        _http.Dispose();
    }

    private async Task PostAsync(string path, ReadOnlyMemory<byte> body)
    {
        using var content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = JsonApi } };
        using var answer = await _http.PostAsync(path, content);
        UnmetException.ThrowUnless(answer.StatusCode == HttpStatusCode.Accepted, () => $"The far end answered {(int)answer.StatusCode}.");
    }
}
