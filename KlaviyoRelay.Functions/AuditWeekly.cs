using KlaviyoRelay.Core.Audit.Weekly;

namespace KlaviyoRelay.Functions;

/// <summary>Audits accounts once a week. It looks every hour what is due, because a large account does not fit into one run.</summary>
public sealed class AuditWeekly(WeeklyAudit audit)
{
    [Function(nameof(AuditWeekly))]
    public Task RunAsync([TimerTrigger("0 47 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        return audit.RunAsync(cancellationToken);
    }
}
