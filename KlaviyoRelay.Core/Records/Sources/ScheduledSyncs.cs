using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>
/// The first station of rows that the relay reads itself: each minute it looks which query is due, reads it, and queues its
/// rows. A sync has one run at a time. The next begins when every row of the last is accounted for.
/// </summary>
public sealed partial class ScheduledSyncs(Syncs syncs, SourceStore source, SourceStaging staging, SourceReader reader, SourceEnd end, Concurrency concurrency, TimeProvider clock, ILogger<ScheduledSyncs> logger)
{
    private const int AtOnce = 4;

    /// <summary>Looks at every sync with a query once. What can't be read now is read the next time.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => concurrency.ForEachAsync([.. syncs.Scheduled], AtOnce, TryRunAsync, cancellationToken);

    private async Task TryRunAsync(Sync sync, CancellationToken cancellationToken)
    {
        try
        {
            if (sync.Query is { } query)
            {
                await RunAsync(sync, query, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is SourceException or SecretUnavailableException or RecordStoreException or QueueUnavailableException or InvalidDataException)
        {
            Log.NotRead(logger, sync.Name, exception.Message);
        }
    }

    private async Task RunAsync(Sync sync, SqlQuery query, CancellationToken cancellationToken)
    {
        var now = clock.WallTime();
        var state = await source.UpdateAsync(sync, before => before ?? new SourceState { LookedAt = now }, cancellationToken);
        state = await staging.QueueAsync(sync, state, cancellationToken);
        if (state.Run is { IsRead: true } run)
        {
            if (await end.TryEndAsync(sync, query, state, run, cancellationToken) is not { } ended)
            {
                return;
            }

            state = ended;
        }

        if (state.Run is null)
        {
            if (query.Schedule.Next(state.LookedAt) is not { } due || due > now)
            {
                return;
            }

            // However many times are missed, one run makes up for them.
            state = await source.UpdateAsync(sync, before => (before ?? state) with { LookedAt = now, Run = new SourceRun { Due = due } }, cancellationToken);
        }

        await reader.ReadAsync(sync, query, state, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The query of {Sync} could not be read; it is read again in a minute: {Reason}")]
        public static partial void NotRead(ILogger logger, string sync, string reason);
    }
}
