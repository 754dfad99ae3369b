using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// The time that a batch has left. The lock of its session is not renewed, and the session is released after the batch:
/// a batch that stays within its budget stays within its own lock.
/// </summary>
public sealed class BatchBudget(TimeProvider clock, TimeSpan budget)
{
    private readonly Uptime _uptime = new(clock);

    /// <summary>Below zero when it is used up.</summary>
    public TimeSpan Left => budget - _uptime.Now;
}
