using System.Globalization;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Texts;
using KlaviyoRelay.LocalHost.DeadLetters;

namespace KlaviyoRelay.LocalHost.Cli;

/// <summary>Letters, times and emails in words.</summary>
internal static class DeadLetterText
{
    /// <summary>Such as <c>3 letters (2 invalid, 1 forbidden)</c>.</summary>
    public static string Count(IReadOnlyCollection<FoundLetter> letters)
    {
        var reasons = letters
            .GroupBy(found => found.Letter.Reason)
            .OrderByDescending(reason => reason.Count())
            .Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Count()} {DeadLetterReasons.NameOf(reason.Key)}"));
        var count = string.Create(CultureInfo.InvariantCulture, $"{letters.Count} letter{(letters.Count == 1 ? "" : "s")}");
        return letters.Count == 0 ? count : $"{count} ({string.Join(", ", reasons)})";
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>9m 58s</c>.</summary>
    public static string DueIn(DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (dueAt is not { } time)
        {
            return "";
        }

        var left = time - now;
        return left <= TimeSpan.Zero ? "now"
            : left.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}h {left.Minutes}m")
            : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}m {left.Seconds}s");
    }

    public static string Email(string email, bool isShown) => isShown ? email : EmailMask.Apply(email);
}
