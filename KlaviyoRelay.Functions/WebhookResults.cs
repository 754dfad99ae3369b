using KlaviyoRelay.Core.Conversations.Receiving;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The HTTP answer for each outcome of a webhook; errors as RFC 9457 problem details.</summary>
internal static class WebhookResults
{
    // Senders that wait to be asked for a password need it (RFC 7617); the others do not mind.
    private const string Challenge = "Basic realm=\"webhooks\", charset=\"UTF-8\"";

    /// <summary>200 to GET and HEAD: the address takes webhooks. It tells nothing about the name in it.</summary>
    public static IResult ToAnyoneWhoLooks { get; } = RelayAnswer.Json(
        StatusCodes.Status200OK, new IgnoredAnswer("Webhooks are taken by POST."), AnswerJsonContext.Default.IgnoredAnswer);

    public static IResult Of(WebhookOutcome outcome) => outcome switch
    {
        WebhookOutcome.Accepted accepted => RelayAnswer.Json(
            StatusCodes.Status202Accepted, new AcceptedAnswer(accepted.Ids.Count, accepted.Ids), AnswerJsonContext.Default.AcceptedAnswer),
        WebhookOutcome.Ignored ignored => RelayAnswer.Json(
            StatusCodes.Status200OK, new IgnoredAnswer(ignored.Reason), AnswerJsonContext.Default.IgnoredAnswer),
        WebhookOutcome.Malformed malformed => RelayAnswer.Problem(
            StatusCodes.Status400BadRequest, "The webhook can't be read.", malformed.Detail, malformed.Field),
        WebhookOutcome.Unauthorized => RelayAnswer.Problem(
            StatusCodes.Status401Unauthorized, "Unauthorized.", "The webhook's credentials are missing or wrong.")
            .With("WWW-Authenticate", Challenge),
        // As a host answers an address that no function has.
        WebhookOutcome.UnknownConnection => Results.StatusCode(StatusCodes.Status404NotFound),
        WebhookOutcome.Incomplete => RelayAnswer.Problem(
            StatusCodes.Status408RequestTimeout, "Incomplete.", "The webhook's body came too slowly or broke off.")
            .ThenAbort(),
        WebhookOutcome.TooLarge => RelayAnswer.Problem(
            StatusCodes.Status413PayloadTooLarge, "Too large.", $"A webhook may have {WebhookLimits.MaxBodyBytes} bytes."),
        WebhookOutcome.NotJson => RelayAnswer.Problem(
            StatusCodes.Status415UnsupportedMediaType, "Not JSON.", "Send the webhook as Content-Type: application/json."),
        WebhookOutcome.TooMany tooMany => RelayAnswer.Problem(
            StatusCodes.Status429TooManyRequests, "Too many at once.", "The connection has as many webhooks in hand as it may. Send it again later.")
            .RetryAfter(tooMany.RetryAfter),
        WebhookOutcome.Unavailable unavailable => RelayAnswer.Problem(
            StatusCodes.Status503ServiceUnavailable, "Unavailable.", "The relay can't store the webhook now. Send it again later.")
            .RetryAfter(unavailable.RetryAfter),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no answer for this outcome."),
    };
}
