using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>Goes through a metric's events in a span of time, page by page.</summary>
public sealed class EventCursor(EventClient events, KlaviyoAccount account, LeakMetric metric, DateTimeOffset from, DateTimeOffset before)
{
    private readonly Queue<ProfileEvent> _page = new();
    private string? _next = EventClient.PathOf(metric.Id, from, before);

    /// <summary>The event that comes next; null at the end.</summary>
    public ProfileEvent? Current { get; private set; }

    /// <summary>How many pages were read.</summary>
    public int Requests { get; private set; }

    /// <summary>Takes the next event: null when that worked, also at the end; else why not.</summary>
    public async Task<DeliveryFailure?> AdvanceAsync(BatchBudget budget, CancellationToken cancellationToken)
    {
        while (_page.Count == 0 && _next is { } path)
        {
            var page = await events.ReadPageAsync(account, path, budget, cancellationToken);
            Requests++;
            if (!page.IsSuccess)
            {
                return page.Failure;
            }

            foreach (var happened in (page.Value.Data ?? []).OfType<KlaviyoResource<EventAttributes>>().Select(read => ProfileEvent.Of(read, metric)).OfType<ProfileEvent>())
            {
                _page.Enqueue(happened);
            }

            _next = page.Value.Links?.Next;
        }

        Current = _page.TryDequeue(out var next) ? next : null;
        return null;
    }
}
