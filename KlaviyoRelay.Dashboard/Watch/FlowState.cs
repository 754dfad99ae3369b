namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>The numbers of the flow picture.</summary>
internal sealed record FlowState
{
    public required WebhookTotals Webhooks { get; init; }

    /// <summary>Messages of <c>conversation-events</c>, those at work included; null when the queue can't be reached. So are the next two.</summary>
    public required int? Queued { get; init; }

    /// <summary>Messages of <c>dead-letter-throttled</c>.</summary>
    public required int? Throttled { get; init; }

    /// <summary>Messages of <c>dead-letter-rejected</c>.</summary>
    public required int? Rejected { get; init; }

    /// <summary>Events that the relay is at work on, of those remembered.</summary>
    public required int Relaying { get; init; }

    /// <summary>Since the start, one per email.</summary>
    public required long Delivered { get; init; }

    /// <summary>Since the start, one per email.</summary>
    public required long Skipped { get; init; }

    /// <summary>When the first of the letters is tried again, of the events remembered; null when none waits.</summary>
    public required DateTimeOffset? NextRelease { get; init; }

    public required FlowRates PerSecond { get; init; }
}
