using System.Globalization;

namespace KlaviyoRelay.Cli;

/// <summary>Times as every command shows them: date, time and zone, such as <c>2026-01-15 14:02:11Z</c>.</summary>
internal static class CliTime
{
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
