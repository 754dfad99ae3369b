namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What is counted by the second.</summary>
internal enum Counted
{
    /// <summary>Events that webhooks brought.</summary>
    Accepted,

    /// <summary>Events that the relay took from the queue.</summary>
    Taken,

    /// <summary>Events that Klaviyo accepted, one per email; so are those below.</summary>
    Delivered,

    Throttled,

    Rejected,

    Released,

    Skipped,
}
