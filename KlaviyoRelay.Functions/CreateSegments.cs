using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Segments;
using KlaviyoRelay.Core.Http;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>
/// Makes the segments for an account's conversations, with a function key. <c>?dryRun=true</c> only tells what there is and
/// what is missing; <c>?repair=true</c> gives those that differ their conditions back.
/// </summary>
public sealed class CreateSegments(AccountAudit audit, AccountSegments segments, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(200);

    [Function(nameof(CreateSegments))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "accounts/{account}/segments")] HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        if (!audit.Accounts.Contains(account, StringComparer.Ordinal))
        {
            return AuditAccount.UnknownAccount(audit);
        }

        if (!TryRead(request, "dryRun", out var isDryRun) || !TryRead(request, "repair", out var repairs))
        {
            return RelayAnswer.Problem(StatusCodes.Status400BadRequest, "Bad request.", "dryRun and repair should be true or false.");
        }

        var budget = new BatchBudget(clock, Longest);
        var plan = await segments.PlanAsync(account, budget, cancellationToken);
        return plan.IsSuccess
            ? RelayAnswer.Json(StatusCodes.Status200OK, isDryRun ? plan.Value : await segments.ApplyAsync(plan.Value, repairs, budget, cancellationToken), AnswerJsonContext.Readable.SegmentReport)
            : RelayAnswer.Problem(StatusCodes.Status503ServiceUnavailable, "The segments could not be read.", plan.Failure.Detail);
    }

    private static bool TryRead(HttpRequest request, string name, out bool value)
    {
        value = false;
        return request.Query[name] is var given && (given.Count == 0 || bool.TryParse(given, out value));
    }
}
