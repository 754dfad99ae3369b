using KlaviyoRelay.Core.Audit;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>
/// Tells which flows and campaigns of a Klaviyo account would mail a customer in conversation. It names them, so it needs a
/// function key. 200 whatever the verdicts are: <c>ok</c> says whether something is unprotected.
/// </summary>
public sealed class AuditAccount(AccountAudit audit)
{
    // Azure ends a request after 230 s. The segments may take as long as the flows.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(110);

    [Function(nameof(AuditAccount))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "accounts/{account}/audit")] HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        _ = request;
        if (!audit.Accounts.Contains(account, StringComparer.Ordinal))
        {
            return RelayAnswer.Problem(
                StatusCodes.Status404NotFound, "Not found.", $"There is no account of this name that a connection feeds. There are: {string.Join(", ", audit.Accounts)}.");
        }

        var result = await audit.RunAsync(account, Longest, progress: null, cancellationToken);
        return result.IsSuccess
            ? RelayAnswer.Json(StatusCodes.Status200OK, result.Value, AnswerJsonContext.Readable.AuditReport)
            : RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "The account could not be audited.", result.Failure.Detail);
    }
}
