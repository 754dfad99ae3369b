namespace KlaviyoRelay.Core.Relaying;

/// <summary>The time that a batch has left.</summary>
internal sealed class BatchBudget(TimeProvider clock, TimeSpan budget)
{
    public DateTimeOffset Deadline { get; } = clock.GetUtcNow() + budget;

    public TimeSpan Left => Deadline - clock.GetUtcNow();
}
