using NCrontab;

namespace KlaviyoRelay.Core.Clocks;

/// <summary>
/// A timer's schedule: six fields <c>second minute hour day month weekday</c>, or five without the second, in UTC, as the
/// Functions host reads them (learn.microsoft.com/azure/azure-functions/functions-bindings-timer, NCRONTAB).
/// </summary>
public sealed class CronSchedule
{
    /// <summary>What a schedule looks like, in words.</summary>
    public const string Form = "six fields: second minute hour day month weekday, or five without the second, each *, a number, a range a-b or a list a,b, with or without a step /n";

    private readonly CrontabSchedule _schedule;

    private CronSchedule(CrontabSchedule schedule) => _schedule = schedule;

    /// <exception cref="FormatException">The text is no schedule.</exception>
    public static CronSchedule Parse(string text) => TryParse(text) ?? throw new FormatException($"The schedule '{text}' should have {Form}.");

    /// <summary>Null when the text is no schedule.</summary>
    public static CronSchedule? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }) is { } parsed ? new CronSchedule(parsed) : null;
    }

    /// <summary>The first time after <paramref name="time"/>; null when the schedule names a day that never comes.</summary>
    public DateTimeOffset? Next(DateTimeOffset time)
    {
        var end = time.UtcDateTime.AddYears(5);
        return _schedule.GetNextOccurrence(time.UtcDateTime, end) is var next && next < end ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }
}
