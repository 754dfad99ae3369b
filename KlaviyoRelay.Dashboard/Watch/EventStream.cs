using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Dashboard.Act;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>
/// What a page is told while it is open (server-sent events, html.spec.whatwg.org): the charts' history and the events
/// at first, then each second what has changed. A second is put together when the one before has been written, so a
/// slow reader gets fewer and nothing piles up.
/// </summary>
internal sealed class EventStream(
    EventBoard board, CounterRing counters, QueueDepths depths, RateLimitReport limits, SimulatorLink simulator, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int MaxReaders = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // The page says that there is no news when a tick comes 1.5 s late (stream.js).
    private static readonly TimeSpan SimulatorTime = TimeSpan.FromMilliseconds(500);

    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private int _readers;

    public async Task WriteAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _readers) > MaxReaders)
        {
            Interlocked.Decrement(ref _readers);
            await DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, $"{MaxReaders} pages are open already: close one.")
                .WriteAsync(context.Response, context.RequestAborted);
            return;
        }

        // Without the second one, an open page would hold up the relay's stop.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await SseFormatter.WriteAsync(EventsAsync(ended.Token), context.Response.Body, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page was closed, or the relay stops.
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (points, last) = counters.Since(0);
        yield return Item("history", new History(_startedAt, points), DashboardJson.Default.History);
        var (rows, version) = board.ChangedSince(0);
        yield return Item("events", rows, DashboardJson.Default.IReadOnlyListEventRow);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            (points, last) = counters.Since(last);
            yield return Item("tick", await TickAsync(points, cancellationToken), DashboardJson.Default.Tick);
            (rows, version) = board.ChangedSince(version);
            if (rows.Count > 0)
            {
                yield return Item("events", rows, DashboardJson.Default.IReadOnlyListEventRow);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<Tick> TickAsync(IReadOnlyList<RatePoint> points, CancellationToken cancellationToken)
    {
        var faults = simulator.FaultsAsync(SimulatorTime, cancellationToken);
        var (queued, throttled, rejected) = await depths.ReadAsync(cancellationToken);
        var (relaying, nextRelease) = board.Summary();
        var flow = new FlowState(
            counters.Webhooks(),
            queued,
            throttled,
            rejected,
            relaying,
            counters.Total(Counted.Delivered),
            counters.Total(Counted.Skipped),
            nextRelease,
            new FlowRates(
                counters.PerSecond(Counted.Accepted),
                counters.PerSecond(Counted.Taken),
                counters.PerSecond(Counted.Delivered),
                counters.PerSecond(Counted.Throttled),
                counters.PerSecond(Counted.Rejected),
                counters.PerSecond(Counted.Released)));
        return new Tick(clock.GetUtcNow(), points, flow, [.. limits.Read().Select(RateUse.Of)], await faults);
    }

    private static SseItem<string> Item<T>(string type, T value, JsonTypeInfo<T> json) => new(JsonSerializer.Serialize(value, json), type);
}
