using System.Globalization;

namespace KlaviyoRelay.LocalHost.Timers;

/// <summary>
/// A timer trigger's schedule: six fields <c>second minute hour day month weekday</c>, in UTC; each is <c>*</c>,
/// a number, a range <c>a-b</c>, a list <c>a,b</c> or one of these with a step <c>/n</c>
/// (learn.microsoft.com/azure/azure-functions/functions-bindings-timer, NCRONTAB).
/// </summary>
internal sealed class CronSchedule
{
    private static readonly (int First, int Last)[] Ranges = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

    private readonly bool[][] _fields;

    private CronSchedule(bool[][] fields) => _fields = fields;

    /// <exception cref="FormatException">The text is no schedule of six fields.</exception>
    public static CronSchedule Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Ranges.Length)
        {
            throw new FormatException($"The schedule '{text}' should have six fields: second minute hour day month weekday.");
        }

        try
        {
            return new CronSchedule([.. fields.Select((field, index) => ParseField(field, Ranges[index]))]);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException($"The schedule '{text}' can't be read: each field should be *, a number, a range a-b or a list a,b, with or without a step /n.", exception);
        }
    }

    /// <summary>The first time after <paramref name="time"/>; null when the schedule names a day that never comes.</summary>
    public DateTimeOffset? Next(DateTimeOffset time)
    {
        var next = new DateTimeOffset(time.UtcDateTime.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero).AddSeconds(1);
        var end = next.AddYears(5);
        while (next < end)
        {
            if (!_fields[3][next.Day] || !_fields[4][next.Month] || !_fields[5][(int)next.DayOfWeek])
            {
                next = new DateTimeOffset(next.Date, TimeSpan.Zero).AddDays(1);
            }
            else if (!_fields[2][next.Hour])
            {
                next = next.AddHours(1).AddMinutes(-next.Minute).AddSeconds(-next.Second);
            }
            else if (!_fields[1][next.Minute])
            {
                next = next.AddMinutes(1).AddSeconds(-next.Second);
            }
            else if (!_fields[0][next.Second])
            {
                next = next.AddSeconds(1);
            }
            else
            {
                return next;
            }
        }

        return null;
    }

    private static bool[] ParseField(string field, (int First, int Last) range)
    {
        var matches = new bool[range.Last + 1];
        foreach (var item in field.Split(','))
        {
            var (values, step) = item.Split('/') switch
            {
                [var only] => (only, 1),
                [var all, var every] => (all, Number(every)),
                _ => throw new FormatException("A field has one step at most."),
            };
            var (first, last) = values.Split('-') switch
            {
                ["*"] => range,
                [var one] => (Number(one), item.Contains('/', StringComparison.Ordinal) ? range.Last : Number(one)),
                [var from, var to] => (Number(from), Number(to)),
                _ => throw new FormatException("A range has two ends."),
            };
            if (first < range.First || last > range.Last || first > last || step < 1)
            {
                throw new FormatException("A number is out of its range.");
            }

            for (var value = first; value <= last; value += step)
            {
                matches[value] = true;
            }
        }

        return matches;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
