using System.Globalization;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>When a webhook was signed, and how far from now that may be.</summary>
/// <param name="Header">The header that says when.</param>
/// <param name="Format">How it is written there.</param>
/// <param name="Tolerance">How old or how far ahead it may be.</param>
public sealed record SigningTime(string Header, SigningTimeFormat Format, TimeSpan Tolerance)
{
    private const int MillisecondDigits = 12;
    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    public bool Allows(string text, DateTimeOffset now) =>
        TryRead(text, out var signedAt) && (now - signedAt).Duration() <= Tolerance;

    private bool TryRead(string text, out DateTimeOffset time) => Format switch
    {
        SigningTimeFormat.UnixSeconds => TryReadUnix(text, out time),
        SigningTimeFormat.Iso8601 => TryReadIso8601(text, out time),
        // As seconds, the least of these milliseconds are in the year 5138.
        SigningTimeFormat.Any when text.Length >= MillisecondDigits && text.All(char.IsAsciiDigit) => TryReadUnix(text[..^3], out time),
        SigningTimeFormat.Any => TryReadUnix(text, out time) || TryReadIso8601(text, out time),
        _ => throw new InvalidOperationException($"There is no reader for the format {Format}."),
    };

    private static bool TryReadUnix(string text, out DateTimeOffset time)
    {
        var isTime = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        time = isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
        return isTime;
    }

    private static bool TryReadIso8601(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Iso8601, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
