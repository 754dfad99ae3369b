using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// The second station: takes a batch of queued events through look-up, fan-out, filter and delivery. When it
/// returns, everything in the batch is recorded by Klaviyo or waits in a dead-letter queue.
/// </summary>
public sealed partial class EventRelay(
    BatchReader reader,
    CustomerFanOut fanOut,
    PresentState state,
    ProfileFilter filter,
    Deliverer deliverer,
    FollowUps followUps,
    DeadLetterWriter deadLetters,
    WorkReport report,
    DeliveryOptions options,
    TimeProvider clock,
    ILogger<EventRelay> logger)
{
    /// <summary>Relays one batch.</summary>
    /// <param name="bodies">The message bodies, in the queue's order.</param>
    /// <param name="cancellationToken">Ends the batch; what is not done then is read again from the queue.</param>
    /// <exception cref="QueueUnavailableException">A dead letter could not be written; read the batch again.</exception>
    /// <exception cref="UnreadableMessagesException">No message of the batch can be read.</exception>
    public async Task RelayAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        await RelayAsync(await reader.ReadAsync(QueueNames.ConversationEvents, bodies, cancellationToken), cancellationToken);
    }

    public async Task RelayAsync(IReadOnlyList<RelayMessage> messages, CancellationToken cancellationToken)
    {
        using var activity = WorkTracing.Process(QueueNames.ConversationEvents, messages);
        var started = clock.GetTimestamp();
        report.BatchRead(messages);
        var batch = new RelayBatch(new BatchBudget(clock, options.BatchBudget), clock.WallTime());

        var fannedOut = await fanOut.RunAsync(batch, messages, cancellationToken);
        var confirmed = await state.RunAsync(batch, fannedOut, cancellationToken);
        var deliveries = await filter.RunAsync(batch, confirmed, cancellationToken);
        await deliverer.RunAsync(batch, deliveries, cancellationToken);
        await followUps.SendAsync(batch, cancellationToken);
        IReadOnlyList<FailedWork> failed = [.. batch.FailedWork()];
        await deadLetters.WriteAsync(failed, cancellationToken);

        report.BatchDone(messages, clock.GetElapsedTime(started));
        var deadLettered = failed.Sum(work => work.Message.Payload.Count);
        Log.Relayed(logger, messages.Count, batch.Delivered, batch.Skipped, deadLettered);
        foreach (var reason in failed.GroupBy(work => DeadLetterReasons.NameOf(work.Failure.Reason)))
        {
            var count = reason.Sum(work => work.Message.Payload.Count);
            Log.DeadLettered(logger, count, reason.Key);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Relayed {Events} event(s): {Delivered} delivered, {Skipped} skipped, {DeadLettered} dead-lettered.")]
        public static partial void Relayed(ILogger logger, int events, int delivered, int skipped, int deadLettered);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Count} event(s) were dead-lettered as {Reason}.")]
        public static partial void DeadLettered(ILogger logger, int count, string reason);
    }
}
