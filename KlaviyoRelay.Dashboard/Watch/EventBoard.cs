using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>
/// Remembers the last 1,000 events and counts what happens. The stations call it on their way, so it notes references
/// and times only.
/// </summary>
internal sealed class EventBoard(CounterRing counters, RefusedWebhooks refused, TimeProvider clock) : RelayObserver
{
    public const int MaxEvents = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TrackedEvent> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();
    private long _version;

    public override bool WantsTries => true;

    public override void WebhookAnswered(string? connection, string outcome)
    {
        counters.Webhook(outcome);
        if (outcome is not ("accepted" or "ignored"))
        {
            refused.Note(connection, outcome);
        }
    }

    public override void Accepted(RelayMessage message)
    {
        counters.Count(Counted.Accepted);
        Change(message, (tracked, now) => tracked.Queued(now, "webhook", "The webhook was accepted: the queue has the event"));
    }

    public override void Recovered(RelayMessage message) =>
        Change(message, (tracked, now) => tracked.Queued(now, "queue", "Recovered from the helpdesk's record: the queue has the event"));

    public override void Taken(RelayMessage message)
    {
        counters.Count(Counted.Taken);
        Change(message, (tracked, now) => tracked.Taken(now, message.Attempts));
    }

    public override void FannedOut(RelayMessage message, int emails) => Change(message, (tracked, now) => tracked.FannedOut(now, emails));

    public override void Skipped(RelayMessage message, string reason, int count)
    {
        counters.Count(Counted.Skipped, count);
        Change(message, (tracked, now) => tracked.Skipped(now, reason, count));
    }

    public override void Tried(RelayMessage message, KlaviyoEvent sent, int together, HttpTry what) =>
        Change(message, (tracked, now) => tracked.Tried(now, SentToKlaviyo.Of(sent, together), what));

    public override void ProfileTried(RelayMessage message, string identifier, IReadOnlyList<string> written, HttpTry what)
    {
        if (message.Payload is CustomerWork { Change: var change })
        {
            Change(message, (tracked, now) => tracked.Tried(now, SentToKlaviyo.Of(change, identifier, written), what));
        }
    }

    public override void ProfileWritten(RelayMessage message, string identifier, TimeSpan? latency) => Delivered(message, identifier, latency);

    // No email is skipped by it, so it is not counted.
    public override void LeftOut(RelayMessage message, string reason) => Change(message, (tracked, now) => tracked.Skipped(now, reason, 1));

    public override void Delivered(RelayMessage message, string email, TimeSpan? latency)
    {
        counters.Delivered(latency);
        Change(message, (tracked, now) => tracked.Delivered(now, email, latency?.TotalMilliseconds));
    }

    public override void DeadLettered(string queue, DeadLetter letter)
    {
        counters.Count(queue == QueueNames.DeadLetterRejected ? Counted.Rejected : Counted.Throttled, letter.Message.Payload.Count);
        Change(letter.Message, (tracked, now) => tracked.DeadLettered(now, queue, letter));
    }

    public override void Released(DeadLetter letter)
    {
        counters.Count(Counted.Released, letter.Message.Payload.Count);
        Change(letter.Message, (tracked, now) => tracked.Released(now, letter));
    }

    /// <summary>The events that changed after <paramref name="version"/>, the oldest change first, and the version to ask with next.</summary>
    public (IReadOnlyList<EventRow> Rows, long Version) ChangedSince(long version)
    {
        lock (_lock)
        {
            return ([.. _byId.Values.Where(tracked => tracked.Version > version).OrderBy(tracked => tracked.Version).Select(tracked => tracked.Row())], _version);
        }
    }

    /// <summary>One event and what happened to it; null when it is not remembered.</summary>
    public EventDetail? Find(string id)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(id, out var tracked) ? tracked.Detail() : null;
        }
    }

    /// <summary>One event and what happened to it, for the page.</summary>
    public Task<DashboardAnswer> AnswerAsync(HttpRequest request) => Task.FromResult(Find($"{request.RouteValues["id"]}") is { } found
        ? DashboardAnswer.Of(found, DashboardJson.Default.EventDetail)
        : DashboardAnswer.Problem(StatusCodes.Status404NotFound, $"That event is not remembered: only the last {MaxEvents} are. If it waits, it is among the dead letters."));

    /// <summary>How many the relay is at work on, and when the first of those that wait is tried again.</summary>
    public (int Relaying, DateTimeOffset? NextRelease) Summary()
    {
        lock (_lock)
        {
            return (_byId.Values.Count(tracked => tracked.State == EventState.Relaying), _byId.Values.Min(tracked => tracked.NextRelease));
        }
    }

    private void Change(RelayMessage message, Action<TrackedEvent, DateTimeOffset> change)
    {
        if (!EventSubject.Has(message.Payload))
        {
            return;
        }

        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (!_byId.TryGetValue(message.Id, out var tracked))
            {
                tracked = Add(EventSubject.Of(message.Payload), message.Trace, now);
            }

            change(tracked, now);
            tracked.Version = ++_version;
        }
    }

    private TrackedEvent Add(EventSubject subject, TraceContext? trace, DateTimeOffset now)
    {
        if (_oldestFirst.Count == MaxEvents)
        {
            _byId.Remove(_oldestFirst.Dequeue());
        }

        var tracked = new TrackedEvent(subject, trace?.Read() is { } context ? $"{context.TraceId}" : null, now);
        _byId.Add(tracked.Id, tracked);
        _oldestFirst.Enqueue(tracked.Id);
        return tracked;
    }
}
