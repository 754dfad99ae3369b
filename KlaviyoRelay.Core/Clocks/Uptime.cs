namespace KlaviyoRelay.Core.Clocks;

/// <summary>
/// Measures waits, windows, budgets and locks. It goes forward steadily, also when the time of day is set.
/// </summary>
public sealed class Uptime(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>The time since this object was made.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_start);
}
