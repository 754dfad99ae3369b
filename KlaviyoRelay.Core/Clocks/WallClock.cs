namespace KlaviyoRelay.Core.Clocks;

/// <summary>
/// The one place that asks for the time of day. A machine's time of day can be set back or forth at any moment, so it
/// is only stored, shown, or compared with a time that another machine wrote. <see cref="Uptime"/> measures.
/// </summary>
public static class WallClock
{
    /// <summary>The time of day in UTC.</summary>
#pragma warning disable RS0030 // This is the seam that the ban leads to.
    public static DateTimeOffset WallTime(this TimeProvider clock) => (clock ?? throw new ArgumentNullException(nameof(clock))).GetUtcNow();
#pragma warning restore RS0030
}
