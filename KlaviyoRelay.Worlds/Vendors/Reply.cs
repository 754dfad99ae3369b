using System.Net;
using System.Text;
using KlaviyoRelay.Worlds.Draws;
using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Vendors;

/// <summary>Answers in the vendors' forms, and in those of what stands before them.</summary>
internal static class Reply
{
    private static readonly byte[] Nothing = [];

    public static HttpResponseMessage Of(HttpStatusCode status) => new(status) { Content = new ByteArrayContent(Nothing) };

    public static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status)
    {
        Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { { "Content-Type", "application/json" } } },
    };

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string detail, string pointer = "") =>
        Json(status, $$"""{"errors":[{"id":"1","status":{{(int)status}},"code":"{{code}}","title":"No.","detail":"{{detail}}","source":{"pointer":"{{pointer}}"} }]}""");

    // A firewall asks for a proof of a browser with 202, and Klaviyo takes events with it.
    public static HttpResponseMessage Page(int detail) => new((detail % 3) switch { 0 => HttpStatusCode.Forbidden, 1 => HttpStatusCode.Accepted, _ => HttpStatusCode.OK })
    {
        Content = new StringContent("<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser.</body></html>", Encoding.UTF8, "text/html"),
    };

    public static HttpResponseMessage Failed(Dice dice) =>
        dice.Chance(0.5) ? Of(dice.Pick(HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout, HttpStatusCode.RequestTimeout))
        : Json(HttpStatusCode.ServiceUnavailable, """{"errors":[{"code":"error","title":"A server error occurred.","detail":"Try again."}]}""");

    /// <summary>429, and when to come back: in each of the forms that there are, or not at all.</summary>
    public static HttpResponseMessage Throttled(Dice dice, DateTimeOffset now, string kind = "throttled")
    {
        var answer = Error(HttpStatusCode.TooManyRequests, kind, "Request was throttled.");
        // The last is longer than letters are held for by themselves.
        var wait = dice.Pick(1, 2, 7, 30, 60, 400, 1800);
        var (name, value) = dice.Below(9) switch
        {
            0 => ("", ""),
            1 => ("Retry-After", "0"),
            2 => ("Retry-After", FormattableString.Invariant($"{wait}.5")),
            3 => ("Retry-After", now.AddSeconds(wait).ToString("R")),
            4 => ("Retry-After", now.AddSeconds(wait).ToString("O")),
            5 => ("Retry-After", "-5"),
            6 => ("Retry-After", "soon"),
            7 => ("x-ratelimit-reset", FormattableString.Invariant($"{now.AddSeconds(wait).ToUnixTimeSeconds()}")),
            _ => ("Retry-After", FormattableString.Invariant($"{wait}")),
        };
        if (name.Length > 0)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        answer.Headers.Date = now;
        return answer;
    }

    /// <summary>What every vendor's troubles have in common; null when the vendor itself answers.</summary>
    public static HttpResponseMessage? Troubled(World world, string far, TroubleKind throttles, TroubleKind fails, TroubleKind pages)
    {
        if (world.Weather.Meets(throttles, far) is not null)
        {
            world.Facts.Note(Facts.Throttled, far);
            return Throttled(world.Dice, world.Timeline.Time);
        }

        if (world.Weather.Meets(fails, far) is not null)
        {
            world.Facts.Note(Facts.Unavailable, far);
            return Failed(world.Dice);
        }

        if (world.Weather.Meets(pages, far) is { } trouble)
        {
            world.Facts.Note(Facts.Unavailable, far);
            return Page(trouble.Detail);
        }

        return null;
    }
}
