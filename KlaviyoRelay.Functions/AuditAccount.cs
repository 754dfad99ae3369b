using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Weekly;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>
/// Tells which flows and campaigns of a Klaviyo account would mail a customer in conversation. It names them, so it needs a
/// function key. 200 whatever the verdicts are: <c>ok</c> says whether something is unprotected. <c>?weekly=true</c> gives
/// the timer's last audit, which reads every flow however many there are.
/// </summary>
public sealed class AuditAccount(AccountAudit audit, WeeklyAudit weekly, LatenessMeter lateness)
{
    // Azure ends a request after 230 s. The segments may take as long as the flows.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(110);

    [Function(nameof(AuditAccount))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "accounts/{account}/audit")] HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        if (!audit.Accounts.Contains(account, StringComparer.Ordinal))
        {
            return UnknownAccount(audit);
        }

        if (request.Query["weekly"] == "true")
        {
            return await WeeklyAsync(account, cancellationToken);
        }

        var result = await audit.RunAsync(account, Longest, progress: null, cancellationToken);
        return result.IsSuccess
            ? Answer(result.Value with { Lateness = lateness.Find(account) })
            : RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "The account could not be audited.", result.Failure.Detail);
    }

    internal static IResult UnknownAccount(AccountAudit audit) => RelayAnswer.Problem(
        StatusCodes.Status404NotFound, "Not found.", $"There is no account of this name that a connection feeds. There are: {string.Join(", ", audit.Accounts)}.");

    private async Task<IResult> WeeklyAsync(string account, CancellationToken cancellationToken)
    {
        try
        {
            return await weekly.FindLastAsync(account, cancellationToken) is { } report
                ? Answer(report)
                : RelayAnswer.Problem(StatusCodes.Status404NotFound, "Not found.", $"There is no weekly audit of this account yet: set Relay__Accounts__{account}__AuditKeySecret, and wait for an hour.");
        }
        catch (AuditStoreException exception)
        {
            return RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "The weekly audit could not be read.", exception.Message);
        }
    }

    private static RelayAnswer Answer(AuditReport report) => RelayAnswer.Json(StatusCodes.Status200OK, report, AnswerJsonContext.Readable.AuditReport);
}
