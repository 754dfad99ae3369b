using NCrontab;

namespace KlaviyoRelay.LocalHost.Timers;

/// <summary>
/// A timer trigger's schedule: six fields <c>second minute hour day month weekday</c>, in UTC, as the Functions host
/// reads them (learn.microsoft.com/azure/azure-functions/functions-bindings-timer, NCRONTAB).
/// </summary>
internal sealed class CronSchedule(CrontabSchedule schedule)
{
    private static readonly CrontabSchedule.ParseOptions SixFields = new() { IncludingSeconds = true };

    /// <exception cref="FormatException">The text is no schedule of six fields.</exception>
    public static CronSchedule Parse(string text) => CrontabSchedule.TryParse(text, SixFields) is { } parsed
        ? new CronSchedule(parsed)
        : throw new FormatException($"The schedule '{text}' should have six fields: second minute hour day month weekday, each *, a number, a range a-b or a list a,b, with or without a step /n.");

    /// <summary>The first time after <paramref name="time"/>; null when the schedule names a day that never comes.</summary>
    public DateTimeOffset? Next(DateTimeOffset time)
    {
        var end = time.UtcDateTime.AddYears(5);
        return schedule.GetNextOccurrence(time.UtcDateTime, end) is var next && next < end ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }
}
