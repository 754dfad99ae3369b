using System.Globalization;

namespace KlaviyoRelay.Core.Klaviyo;

/// <summary>Times in Klaviyo's answers: ISO 8601, with microseconds or without, and now and then without an offset, which means UTC.</summary>
public static class KlaviyoTime
{
    /// <summary>Null when the text is no time.</summary>
    public static DateTimeOffset? Of(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
