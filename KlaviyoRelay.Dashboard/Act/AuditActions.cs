using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Leaks;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Audits an account and looks for leaks, one at a time: both share Klaviyo's limits.</summary>
internal sealed class AuditActions(AccountAudit audit, AccountLeaks leaks, LatenessMeter lateness, TimeProvider clock) : IDisposable
{
    private const int MostDays = 30;

    // A browser waits for the answer.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly SemaphoreSlim _turn = new(1);

    public Task<DashboardAnswer> AccountsAsync(HttpRequest request) =>
        Task.FromResult(DashboardAnswer.Of(new AuditAccounts(audit.Accounts), DashboardJson.Default.AuditAccounts));

    public Task<DashboardAnswer> LatenessAsync(HttpRequest request) => Task.FromResult(lateness.Find($"{request.Query["account"]}") is { } known
        ? DashboardAnswer.Of(known, DashboardJson.Default.EventLateness)
        : DashboardAnswer.Problem(StatusCodes.Status404NotFound, "No event of this account was recorded since the relay's start."));

    public Task<DashboardAnswer> AuditAsync(AuditRequest request, CancellationToken cancellationToken) => InTurnAsync(request.Account, async account =>
    {
        var result = await audit.RunAsync(account, Longest, progress: null, cancellationToken);
        return result.IsSuccess
            ? DashboardAnswer.Of(result.Value with { Lateness = lateness.Find(account) }, DashboardJson.Default.AuditReport)
            : DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, $"The account could not be audited: {result.Failure.Detail} The key needs flows:read, campaigns:read, segments:read and metrics:read.");
    });

    public Task<DashboardAnswer> LeaksAsync(LeakRequest request, CancellationToken cancellationToken) => InTurnAsync(request.Account, async account =>
    {
        if (request.Days is < 1 or > MostDays)
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"days should be 1 to {MostDays}.");
        }

        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var result = await leaks.RunAsync(LeakState.Begin(account, now.AddDays(-request.Days), now), Longest, _ => Task.CompletedTask, cancellationToken);
        return result.IsSuccess
            ? DashboardAnswer.Of(result.Value, DashboardJson.Default.LeakReport)
            : DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, $"The search was broken off: {result.Failure.Detail} For a large account, use scripts/relay leaks. The key needs events:read, metrics:read and flows:read.");
    });

    public void Dispose() => _turn.Dispose();

    private async Task<DashboardAnswer> InTurnAsync(string? account, Func<string, Task<DashboardAnswer>> run)
    {
        if (account is null || !audit.Accounts.Contains(account, StringComparer.Ordinal))
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{account}' is no account that a connection feeds: it should be one of {string.Join(", ", audit.Accounts)}.");
        }

        if (!_turn.Wait(0, CancellationToken.None))
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, "An audit or a search for leaks is under way already.");
        }

        try
        {
            return await run(account);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>The accounts that can be audited.</summary>
internal sealed record AuditAccounts(IReadOnlyList<string> Accounts);

/// <summary>Which account to audit.</summary>
internal sealed record AuditRequest(string? Account);

/// <summary>Of which account to look for leaks, and how many days back.</summary>
internal sealed record LeakRequest(string? Account, int Days);
