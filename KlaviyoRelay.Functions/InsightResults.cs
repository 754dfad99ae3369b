using KlaviyoRelay.Core.Insights;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The HTTP answer for each outcome of a card's question; errors as RFC 9457 problem details.</summary>
internal static class InsightResults
{
    public static IResult Of(InsightOutcome outcome) => outcome switch
    {
        InsightOutcome.Found found => RelayAnswer.Json(StatusCodes.Status200OK, found.Insight, InsightJsonContext.Readable.Insight),
        InsightOutcome.NoCard => RelayAnswer.Problem(StatusCodes.Status404NotFound, "Not found.", "There is no connection of this name that has a card."),
        InsightOutcome.Unauthorized => RelayAnswer.Problem(StatusCodes.Status401Unauthorized, "The token is missing or wrong.", "Send the card's token as Authorization: Bearer.").With("WWW-Authenticate", "Bearer"),
        InsightOutcome.UnknownCustomer => RelayAnswer.Problem(StatusCodes.Status404NotFound, "Not found.", "The helpdesk does not know this customer."),
        InsightOutcome.TooMany many => RelayAnswer.Problem(StatusCodes.Status429TooManyRequests, "Too many questions.", "The connection asks more often than its RequestsPerMinute allows.").RetryAfter(WholeSeconds(many.RetryAfter)),
        InsightOutcome.Unavailable unavailable => RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "Nothing can be told now.", unavailable.Detail).RetryAfter(WholeSeconds(unavailable.RetryAfter)),
        _ => throw new InvalidOperationException("An outcome of a card's question has no answer."),
    };

    private static TimeSpan WholeSeconds(TimeSpan wait) => TimeSpan.FromSeconds(MissingPart.SecondsOf(wait));
}
