using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Klaviyo.Jobs;

/// <summary>What became of a bulk job. Klaviyo takes all of it or nothing.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>All of it was taken.</summary>
    /// <param name="Id">The job's id; null for events, whose jobs have none.</param>
    public sealed record Accepted(string? Id) : JobOutcome;

    /// <summary>Nothing was taken, because of these errors in it; at least one.</summary>
    public sealed record Refused(IReadOnlyList<KlaviyoRefusal> Errors) : JobOutcome;

    /// <summary>Nothing was taken, for a reason that is not in it.</summary>
    public sealed record Failed(DeliveryFailure Failure) : JobOutcome;
}
