using System.Globalization;

namespace KlaviyoRelay.Core.Http;

/// <summary>How long an answer asks to wait.</summary>
internal static class RetryAfter
{
    // Klaviyo has been seen to say "0 seconds" and to leave the header out.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The wait, at least a second; null when the answer does not ask for one. Reads <c>Retry-After</c> as seconds
    /// or as a date, else Kustomer's <c>x-ratelimit-reset</c> (UTC epoch seconds) beside a 429.
    /// </summary>
    public static TimeSpan? Read(HttpResponseMessage? response, TimeProvider clock)
    {
        if (response?.Headers.RetryAfter is { } header)
        {
            return AtLeast(header.Delta ?? header.Date - clock.GetUtcNow());
        }

        return response?.StatusCode == System.Net.HttpStatusCode.TooManyRequests ? AtLeast(ResetTime(response) - clock.GetUtcNow()) : null;
    }

    private static DateTimeOffset? ResetTime(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-ratelimit-reset", out var values)
        && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var epoch)
        && epoch is > 0 and < 1e11
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(epoch * 1000))
            : null;

    private static TimeSpan AtLeast(TimeSpan? wait) => wait > Least ? wait.Value : Least;
}
