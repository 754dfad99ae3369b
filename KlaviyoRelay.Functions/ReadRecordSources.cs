using KlaviyoRelay.Core.Records.Sources;

namespace KlaviyoRelay.Functions;

/// <summary>Reads each minute the queries that are due by their syncs' schedules. Asks nothing when no sync has one.</summary>
public sealed class ReadRecordSources(ScheduledSyncs syncs)
{
    [Function(nameof(ReadRecordSources))]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        return syncs.RunAsync(cancellationToken);
    }
}
