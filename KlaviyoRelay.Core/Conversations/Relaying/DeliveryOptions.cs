namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>How a batch of events is delivered: <c>Relay__Delivery__...</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>
    /// From how many deliverable events of an account in one batch on they are sent as a bulk job. 0 never.
    /// </summary>
    public int BulkThreshold { get; set; } = 25;

    /// <summary>
    /// How long one batch may take before the rest of it goes to <c>dead-letter-throttled</c>. Must stay under
    /// the queue's lock of 5 minutes, because a batch's lock is not renewed.
    /// </summary>
    public TimeSpan BatchBudget { get; set; } = TimeSpan.FromSeconds(210);
}
