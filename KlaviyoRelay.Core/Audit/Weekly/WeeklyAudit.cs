using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Audit.Weekly;

/// <summary>
/// Audits each account that has a key for it once a week, and counts what is unprotected and was not so the week before:
/// an alert hears of it. An account with more flows than fit into one run of the timer is gone on with at the next.
/// </summary>
public sealed partial class WeeklyAudit(AccountAudit audit, KlaviyoAccounts accounts, IAuditStore store, RelayMetrics metrics, TimeProvider clock, ILogger<WeeklyAudit> logger)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromDays(1);

    // host.json ends a run after 10 minutes. The segments may take as long as the flows.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestAudit = TimeSpan.FromMinutes(2.5);

    /// <summary>The last audit of an account that came to its end; null before the first.</summary>
    /// <exception cref="AuditStoreException">The storage can't be reached.</exception>
    public async Task<AuditReport?> FindLastAsync(string account, CancellationToken cancellationToken) => (await store.ReadAsync(account, cancellationToken))?.Last;

    /// <summary>Does what is due now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var budget = new BatchBudget(clock, LongestRun);
        foreach (var account in audit.Accounts.Where(name => accounts.Find(name)?.AuditKeySecret is not null))
        {
            // What there is no time for is due at the next run as well.
            if (budget.Left > LongestAudit)
            {
                await RunAsync(account, cancellationToken);
            }
        }
    }

    private async Task RunAsync(string account, CancellationToken cancellationToken)
    {
        try
        {
            var record = await store.ReadAsync(account, cancellationToken) ?? new AuditRecord();
            if (record.Next <= clock.WallTime())
            {
                await store.WriteAsync(account, await NextAsync(account, record, cancellationToken), cancellationToken);
            }
        }
        catch (AuditStoreException exception)
        {
            LogNoStorage(account, exception.Message);
        }
    }

    private async Task<AuditRecord> NextAsync(string account, AuditRecord record, CancellationToken cancellationToken)
    {
        var judged = record.Judged.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var result = await audit.RunAsync(account, LongestAudit, progress: null, cancellationToken, judged);
        if (!result.IsSuccess)
        {
            LogFailed(account, result.Failure.Detail);
            return record with { Next = clock.WallTime() + AfterFailure };
        }

        if (result.Value is { Unread: > 0 } part)
        {
            return record with { Next = clock.WallTime(), Judged = [.. part.Items.Where(item => item is { Kind: FlowJudge.Kind, IsUnread: false })] };
        }

        var report = result.Value with { At = clock.WallTime() };
        var before = Unprotected(record.Last).ToHashSet();
        var news = Unprotected(report).Count(item => !before.Contains(item));
        metrics.FoundUnprotected(account, news);
        LogDone(account, report.Items.Count, report.Unprotected, news);
        return new AuditRecord { Last = report, Next = clock.WallTime() + Week };
    }

    private static IEnumerable<(string Kind, string Id)> Unprotected(AuditReport? report) =>
        (report?.Items ?? []).Where(item => item.Verdict == AuditVerdict.Unprotected).Select(item => (item.Kind, item.Id));

    [LoggerMessage(LogLevel.Information, "Audited the account {Account}: {Count} flows and campaigns, {Unprotected} unprotected, {News} of them new")]
    private partial void LogDone(string account, int count, int unprotected, int news);

    [LoggerMessage(LogLevel.Warning, "The account {Account} could not be audited, and is tried again in a day: {Detail}")]
    private partial void LogFailed(string account, string detail);

    [LoggerMessage(LogLevel.Warning, "The account {Account} was not audited: {Detail}")]
    private partial void LogNoStorage(string account, string detail);
}
