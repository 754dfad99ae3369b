using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>The time that a batch has left.</summary>
internal sealed class BatchBudget(TimeProvider clock, TimeSpan budget)
{
    private readonly Uptime _uptime = new(clock);

    /// <summary>Below zero when it is used up.</summary>
    public TimeSpan Left => budget - _uptime.Now;
}
