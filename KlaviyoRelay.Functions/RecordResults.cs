using KlaviyoRelay.Core.Records.Readers;
using KlaviyoRelay.Core.Records.Receiving;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>The HTTP answer for each outcome of a request about records; errors as RFC 9457 problem details.</summary>
internal static class RecordResults
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    public static RelayAnswer NotFound { get; } = RelayAnswer.Problem(StatusCodes.Status404NotFound, "Not found.", "There is no such sync, run or result. A result is there when its run has ended.");

    public static RelayAnswer Unauthorized { get; } = RelayAnswer.Problem(StatusCodes.Status401Unauthorized, "Unauthorized.", "Send the sync's secret as Authorization: Bearer {secret}. A sync without a secret takes rows at its address with /keyed, with a function key.")
        .With("WWW-Authenticate", "Bearer realm=\"records\"");

    public static RelayAnswer Unavailable { get; } = RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "Unavailable.", "The relay can't store or read rows now. Try again later.")
        .RetryAfter(Wait);

    /// <param name="outcome">What became of the rows.</param>
    /// <param name="address">Where they were sent to.</param>
    public static IResult Of(RowsOutcome outcome, string address) => outcome switch
    {
        RowsOutcome.Accepted { Run: var run } => RelayAnswer.Json(
            StatusCodes.Status202Accepted, new AcceptedRowsAnswer(run, $"{address}/runs/{run}"), AnswerJsonContext.Default.AcceptedRowsAnswer)
            .With("Location", $"{address}/runs/{run}"),
        RowsOutcome.UnknownSync => NotFound,
        RowsOutcome.Unauthorized => Unauthorized,
        RowsOutcome.WrongType => RelayAnswer.Problem(
            StatusCodes.Status415UnsupportedMediaType, "Unknown type.", "Send rows as Content-Type: text/csv, application/json or application/x-ndjson, as they are or with Content-Encoding: gzip."),
        RowsOutcome.WrongPart => RelayAnswer.Problem(
            StatusCodes.Status400BadRequest, "Wrong part.", $"Name the run with up to {RowsRequest.MaxName} characters and the part with a number from 1 to {RowsRequest.MaxParts}, such as ?run=nightly-2026-11-30&part=3."),
        RowsOutcome.PartIsTaken => RelayAnswer.Problem(
            StatusCodes.Status409Conflict, "The part is taken.", "Another body has come as this part of the run, and its rows count. Send these rows as another part."),
        RowsOutcome.Refused { Refusal: { Problem: RowsProblem.TooLarge, Message: var message } } => RelayAnswer.Problem(StatusCodes.Status413PayloadTooLarge, "Too large.", message),
        RowsOutcome.Refused { Refusal.Message: var message } => RelayAnswer.Problem(StatusCodes.Status400BadRequest, "The rows can't be read.", message),
        RowsOutcome.Unavailable => Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no answer for this outcome."),
    };
}
