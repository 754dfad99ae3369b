using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>One event in the live list.</summary>
internal sealed record EventRow
{
    /// <summary>The event's id.</summary>
    public required string Id { get; init; }

    public required string Connection { get; init; }

    public required string Helpdesk { get; init; }

    public required string Account { get; init; }

    public required ConversationEventKind Kind { get; init; }

    /// <summary>When this process heard of it first.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Conversation { get; init; }

    /// <summary>The first of the emails, masked.</summary>
    public required IReadOnlyList<string> Emails { get; init; }

    public required EventState State { get; init; }

    /// <summary>How many emails Klaviyo accepted it for.</summary>
    public required int Delivered { get; init; }

    /// <summary>Of how many; null before the customer was looked up.</summary>
    public required int? Total { get; init; }

    /// <summary>When it is tried again; null when it does not wait for a time.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>Why it waits or was skipped.</summary>
    public required string? Reason { get; init; }

    /// <summary>From the webhook's acceptance to Klaviyo's last, in milliseconds.</summary>
    public required double? LatencyMs { get; init; }

    /// <summary>How often it was tried before.</summary>
    public required int Attempts { get; init; }
}
