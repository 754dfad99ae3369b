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
        WebhookOutcome.Accepted accepted => RelayAnswer.Json(outcome.Status, new AcceptedAnswer(accepted.Ids.Count, accepted.Ids), AnswerJsonContext.Default.AcceptedAnswer),
        WebhookOutcome.Ignored ignored => RelayAnswer.Json(outcome.Status, new IgnoredAnswer(ignored.Reason), AnswerJsonContext.Default.IgnoredAnswer),
        // As a host answers an address that no function has.
        WebhookOutcome.UnknownConnection => Results.StatusCode(outcome.Status),
        WebhookOutcome.Unauthorized => Problem(outcome).With("WWW-Authenticate", Challenge),
        WebhookOutcome.Incomplete => Problem(outcome).ThenAbort(),
        { SendAgainAfter: { } wait } => Problem(outcome).RetryAfter(wait),
        _ => Problem(outcome),
    };

    private static RelayAnswer Problem(WebhookOutcome outcome) => RelayAnswer.Problem(outcome.Status, outcome.Title, outcome.Detail, outcome.WrongField);
}
