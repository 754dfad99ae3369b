using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Customers;
using KlaviyoRelay.Core.Records.Delivery;
using KlaviyoRelay.Core.Records.Storage;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Records;

/// <summary>
/// Takes a batch of the queue <c>records</c> to its stations. When it returns, each part of a run and each customer is done
/// or waits in a dead-letter queue.
/// </summary>
public sealed partial class RecordRelay(
    BatchReader reader, Syncs syncs, RunReader runs, ChunkSender chunks, CustomerRelay customers, DeadLetterWriter deadLetters, WorkReport report, TimeProvider clock, ILogger<RecordRelay> logger)
{
    /// <summary>The longest time of a batch, which ends before its lock does.</summary>
    public static readonly TimeSpan BatchTime = TimeSpan.FromMinutes(3.5);

    /// <summary>Relays one batch.</summary>
    /// <param name="bodies">The message bodies, in the queue's order.</param>
    /// <param name="cancellationToken">Ends the batch; what is not done then is read again from the queue.</param>
    /// <exception cref="QueueUnavailableException">A dead letter could not be written; read the batch again.</exception>
    /// <exception cref="UnreadableMessagesException">No message of the batch can be read.</exception>
    public async Task RelayAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        var messages = await reader.ReadAsync(QueueNames.Records, bodies, cancellationToken);
        using var activity = WorkTracing.Process(QueueNames.Records, messages);
        var started = clock.GetTimestamp();
        report.BatchRead(messages);
        var budget = new BatchBudget(clock, BatchTime);
        // Customers first: each is one request, and a chunk can take the rest of the time.
        var failed = new List<FailedWork>(await customers.RelayAsync(messages, budget, cancellationToken));
        foreach (var message in messages)
        {
            if (message.Payload is RecordWork { Claim: var claim } && await RelayAsync(claim, budget, cancellationToken) is { } failure)
            {
                failed.Add(new FailedWork(message, failure));
            }
        }

        await deadLetters.WriteAsync(failed, cancellationToken);
        report.BatchDone(messages, clock.GetElapsedTime(started));
        Log.Relayed(logger, messages.Count, failed.Count);
        foreach (var reason in failed.GroupBy(work => DeadLetterReasons.NameOf(work.Failure.Reason)))
        {
            Log.DeadLettered(logger, reason.Count(), reason.Key);
        }
    }

    private async Task<DeliveryFailure?> RelayAsync(RecordClaim claim, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (budget.Left <= TimeSpan.Zero)
        {
            return new DeliveryFailure(DeadLetterReason.Throttled, "The batch's time was used up before it was tried.");
        }

        if (syncs.Find(claim.Sync) is not { } sync)
        {
            return new DeliveryFailure(DeadLetterReason.NotConfigured, $"The sync '{claim.Sync}' is no longer configured.");
        }

        try
        {
            return claim.Chunk is null ? await runs.ReadAsync(sync, claim, cancellationToken) : await chunks.SendAsync(sync, claim, budget, cancellationToken);
        }
        catch (Exception exception) when (exception is RecordStoreException or QueueUnavailableException)
        {
            return new DeliveryFailure(DeadLetterReason.Unavailable, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Relayed {Parts} part(s) of runs and customers: {DeadLettered} dead-lettered.")]
        public static partial void Relayed(ILogger logger, int parts, int deadLettered);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Count} part(s) of runs and customers were dead-lettered as {Reason}.")]
        public static partial void DeadLettered(ILogger logger, int count, string reason);
    }
}
