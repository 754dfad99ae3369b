using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using KlaviyoRelay.Core.Clocks;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// How long an answer asks to wait. It is read leniently, because an answer that is asked too early is a refusal more;
/// it is rounded up to a second, and never more than a day.
/// </summary>
public static class RetryAfter
{
    // Klaviyo has been seen to say "0 seconds" and to leave the header out.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>
    /// The wait, at least a second; null when the answer does not ask for one that can be read, but a second for a 429.
    /// Reads <c>Retry-After</c> as seconds or as a date, else <c>x-ratelimit-reset</c> (UTC epoch seconds)
    /// beside a 429. Dates are compared with the answer's own, so that this machine's time of day does not matter.
    /// </summary>
    public static TimeSpan? Read(HttpResponseMessage? response, TimeProvider clock)
    {
        if (response is null)
        {
            return null;
        }

        var asked = Longest(response, "Retry-After", text => Seconds(text) ?? Until(text, response, clock));
        return asked is null && response.StatusCode == HttpStatusCode.TooManyRequests
            ? Longest(response, "x-ratelimit-reset", text => UntilReset(text, response, clock)) ?? Least
            : asked;
    }

    private static TimeSpan? Longest(HttpResponseMessage response, string header, Func<string, TimeSpan?> read)
    {
        if (!response.Headers.NonValidated.TryGetValues(header, out var values))
        {
            return null;
        }

        var asked = values.Select(value => read(value.Trim())).Max();
        return asked is { } wait ? TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(wait.TotalSeconds), Least.TotalSeconds, Most.TotalSeconds)) : null;
    }

    /// <summary>Null for less than none, which asks for nothing.</summary>
    private static TimeSpan? Seconds(string text) => Number(text) is { } seconds and >= 0 ? Of(seconds) : null;

    private static TimeSpan? Until(string text, HttpResponseMessage response, TimeProvider clock) =>
        // The forms of HTTP, whatever weekday they name, and of ISO 8601, which some proxies write. Nothing else is guessed at.
        RetryConditionHeaderValue.TryParse(text, out var header) && header.Date is { } date ? date - Now(response, clock)
        : AfterWeekday(text) is [_, _, _, _, '-', ..] or [_, _, ' ', ..] && DateTimeOffset.TryParse(AfterWeekday(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time - Now(response, clock)
        : null;

    private static string AfterWeekday(string text) => text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim();

    private static TimeSpan? UntilReset(string text, HttpResponseMessage response, TimeProvider clock) => Number(text) switch
    {
        > 0 and < 1e11 and { } epoch => DateTimeOffset.FromUnixTimeMilliseconds((long)(epoch * 1000)) - Now(response, clock),
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static TimeSpan Of(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, Most.TotalSeconds));

    private static DateTimeOffset Now(HttpResponseMessage response, TimeProvider clock) => response.Headers.Date ?? clock.WallTime();
}
