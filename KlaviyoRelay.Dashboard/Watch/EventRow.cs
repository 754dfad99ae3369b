using System.Text.Json.Serialization;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>
/// One event in the live list: when this process heard of it first, the first of its emails, masked, and how many of them
/// Klaviyo accepted it for. It is of a conversation, or of a customer that becomes a profile; the other of the two ids is null.
/// The total is null before the customer was looked up. The latency is from the webhook's
/// acceptance to Klaviyo's last, and the attempts are those before this one.
/// </summary>
internal sealed record EventRow(
    string Id,
    string Connection,
    string Account,
    string Kind,
    DateTimeOffset At,
    string? Conversation,
    string? Customer,
    IReadOnlyList<string> Emails,
    EventState State,
    int Delivered,
    int? Total,
    DateTimeOffset? Until,
    string? Reason,
    double? LatencyMs,
    int Attempts);

/// <summary>Where an event is. Of one whose emails fared differently, the worst.</summary>
[JsonConverter(typeof(LowerCase))]
internal enum EventState
{
    Queued,
    Relaying,
    Delivered,
    Skipped,
    Throttled,
    Rejected,
}

internal sealed class LowerCase() : JsonStringEnumConverter<EventState>(System.Text.Json.JsonNamingPolicy.CamelCase);

/// <summary>
/// One event: its way through the stations from the first to the last, the tries to record it, how many tries before these
/// are not remembered, and the id of its trace; null when it was not traced.
/// </summary>
internal sealed record EventDetail(EventRow Row, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<Attempt> Attempts, int AttemptsLeftOut, string? Trace);

/// <summary>What happened to an event. The stage is <c>webhook</c>, <c>queue</c>, <c>relay</c>, <c>skipped</c>, <c>klaviyo</c> or a dead-letter queue.</summary>
internal sealed record TimelineEntry(DateTimeOffset At, string Stage, string Text);
