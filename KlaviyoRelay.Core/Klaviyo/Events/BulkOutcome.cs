using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>What became of a bulk job. Klaviyo takes all of it or nothing.</summary>
public abstract record BulkOutcome
{
    private BulkOutcome()
    {
    }

    /// <summary>All of it was taken.</summary>
    public sealed record Accepted : BulkOutcome;

    /// <summary>Nothing was taken, because of these errors in it.</summary>
    /// <param name="Errors">What Klaviyo said, at least one.</param>
    /// <param name="Reason">What it means for an event that is refused alone.</param>
    public sealed record Refused(IReadOnlyList<KlaviyoRefusal> Errors, DeadLetterReason Reason) : BulkOutcome;

    /// <summary>Nothing was taken, for a reason that is not in it.</summary>
    public sealed record Failed(DeliveryFailure Failure) : BulkOutcome;
}
