using System.Globalization;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>The time of a row: ISO 8601, in UTC where it has no offset, or seconds since 1970.</summary>
public static partial class RowTime
{
    // Klaviyo drops events before 2000 and of more than a year ahead (developers.klaviyo.com, Create Event).
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time; null when the cell holds none that Klaviyo records.</summary>
    public static DateTimeOffset? Parse(Cell cell, DateTimeOffset now) =>
        Read(cell.Value?.Trim() ?? "") is { } time && time >= Earliest && time <= now.AddYears(1) ? time : null;

    private static DateTimeOffset? Read(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= int.MaxValue * 2m ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
        }

        return Iso().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]|\z)")]
    private static partial Regex Iso();
}
