using System.Globalization;
using KlaviyoRelay.Core.Webhooks;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The HTTP answer for each outcome of a webhook; errors as RFC 9457 problem details.</summary>
internal static class WebhookResults
{
    public static IResult Of(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.Accepted accepted => Results.Json(
            new AcceptedAnswer(accepted.Ids.Count, accepted.Ids), AnswerJsonContext.Default.AcceptedAnswer, statusCode: StatusCodes.Status202Accepted),
        WebhookOutcome.Ignored ignored => Results.Json(new IgnoredAnswer(ignored.Reason), AnswerJsonContext.Default.IgnoredAnswer),
        WebhookOutcome.Malformed malformed => Problem(StatusCodes.Status400BadRequest, "The webhook can't be read.", malformed.Detail, malformed.Field),
        WebhookOutcome.Unauthorized unauthorized => new ResultWithHeader(
            Problem(StatusCodes.Status401Unauthorized, "Unauthorized.", "The webhook's credentials are missing or wrong."),
            "WWW-Authenticate",
            unauthorized.Challenge),
        WebhookOutcome.UnknownConnection => Problem(StatusCodes.Status404NotFound, "Not found.", "There is no connection of this name."),
        WebhookOutcome.TooLarge => Problem(
            StatusCodes.Status413PayloadTooLarge, "Too large.", $"A webhook may have {WebhookReceiver.MaxBodyBytes} bytes."),
        WebhookOutcome.NotJson => Problem(
            StatusCodes.Status415UnsupportedMediaType, "Not JSON.", "Send the webhook as Content-Type: application/json."),
        WebhookOutcome.Unavailable unavailable => new ResultWithHeader(
            Problem(StatusCodes.Status503ServiceUnavailable, "Unavailable.", "The relay can't store the webhook now. Send it again later."),
            "Retry-After",
            ((int)unavailable.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no answer for this outcome."),
    };

    private static IResult Problem(int status, string title, string detail, string? field = null) =>
        Results.Problem(detail, statusCode: status, title: title, extensions: field is null ? null : [new("field", field)]);
}
