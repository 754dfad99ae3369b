using System.Globalization;

namespace KlaviyoRelay.Cli;

/// <summary>A time as an operator gives it: by the clock, or as an age.</summary>
internal static class GivenTime
{
    public const string Forms = "a time such as 2026-01-15T14:00Z (UTC where no offset is given), or an age such as 90m, 2h or 3d";

    // These and no others: a looser reader takes "3" for a day and "10:00" for today.
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>Null when it is neither.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        return text is [.. var number, var unit] && LengthOf(unit) is { } length
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= (now - DateTimeOffset.MinValue) / length
                ? now - (count * length)
                : null;
    }

    private static TimeSpan? LengthOf(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
