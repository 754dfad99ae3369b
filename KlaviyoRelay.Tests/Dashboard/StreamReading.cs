using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Dashboard;

/// <summary>What a page reads from the stream, one event after the other.</summary>
internal sealed class StreamReading : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private StreamReading(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) => (_answer, _items) = (answer, items);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<StreamReading> OpenAsync(LoopbackDashboard dashboard)
    {
        var answer = await dashboard.GetAsync("/dashboard/stream");
        $"{answer.EnsureSuccessStatusCode().Content.Headers.ContentType}".ShouldBe("text/event-stream");
        var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        return new StreamReading(answer, SseParser.Create(body).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation));
    }

    /// <summary>The next event, which has to be of this type.</summary>
    public async Task<JsonNode> NextAsync(string type)
    {
        (await _items.MoveNextAsync().InTimeAsync()).ShouldBeTrue();
        _items.Current.EventType.ShouldBe(type);
        return JsonNode.Parse(_items.Current.Data).ShouldNotBeNull();
    }

    /// <summary>The next two events, of these types in either order: a row that changes right after a tick was written comes before the next tick.</summary>
    public async Task<(JsonNode First, JsonNode Second)> NextAsync(string first, string second)
    {
        (await _items.MoveNextAsync().InTimeAsync()).ShouldBeTrue();
        var isInOrder = _items.Current.EventType == first;
        _items.Current.EventType.ShouldBe(isInOrder ? first : second);
        var one = JsonNode.Parse(_items.Current.Data).ShouldNotBeNull();
        var other = await NextAsync(isInOrder ? second : first);
        return isInOrder ? (one, other) : (other, one);
    }

    /// <summary>What a page begins with: the history, the events, the first tick.</summary>
    public async Task<(JsonNode History, JsonNode Events, JsonNode Tick)> BeginAsync() =>
        (await NextAsync("history"), await NextAsync("events"), await NextAsync("tick"));

    /// <summary>Whether the relay has ended the stream.</summary>
    public async Task<bool> HasEndedAsync() => !await _items.MoveNextAsync().InTimeAsync();

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (IOException)
        {
            // It was closed while something was under way.
        }
    }
}
