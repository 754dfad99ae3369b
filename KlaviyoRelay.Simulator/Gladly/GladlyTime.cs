using System.Globalization;

namespace KlaviyoRelay.Simulator.Gladly;

/// <summary>Gladly's timestamps: ISO 8601 with a varying number of decimals.</summary>
internal static class GladlyTime
{
    public static bool TryParse(string text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
