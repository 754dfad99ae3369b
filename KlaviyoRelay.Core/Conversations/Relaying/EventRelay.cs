using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// The second station: takes a batch of queued events through look-up, fan-out, filter and delivery. When it
/// returns, everything in the batch is recorded by Klaviyo or waits in a dead-letter queue.
/// </summary>
public sealed partial class EventRelay
{
    private readonly MessageReader _reader;
    private readonly CustomerFanOut _fanOut;
    private readonly PresentState _state;
    private readonly ProfileFilter _filter;
    private readonly Deliverer _deliverer;
    private readonly FollowUps _followUps;
    private readonly DeadLetterWriter _deadLetters;
    private readonly WorkReport _report;
    private readonly TimeSpan _batchBudget;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventRelay> _logger;

    internal EventRelay(
        MessageReader reader,
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
        _reader = reader;
        _fanOut = fanOut;
        _state = state;
        _filter = filter;
        _deliverer = deliverer;
        _followUps = followUps;
        _deadLetters = deadLetters;
        _report = report;
        _batchBudget = options.BatchBudget;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Relays one batch.</summary>
    /// <param name="bodies">The message bodies, in the queue's order.</param>
    /// <param name="cancellationToken">Ends the batch; what is not done then is read again from the queue.</param>
    /// <exception cref="QueueUnavailableException">A dead letter could not be written; read the batch again.</exception>
    /// <exception cref="UnreadableMessagesException">No message of the batch can be read.</exception>
    public async Task RelayAsync(IReadOnlyList<string> bodies, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        await RelayAsync(await _reader.ReadAsync(bodies, cancellationToken), cancellationToken);
    }

    internal async Task RelayAsync(IReadOnlyList<RelayMessage> messages, CancellationToken cancellationToken)
    {
        using var activity = WorkTracing.Process(QueueNames.ConversationEvents, messages);
        var started = _clock.GetTimestamp();
        _report.BatchRead(messages, _clock.WallTime());
        var batch = new RelayBatch(new BatchBudget(_clock, _batchBudget));

        var fannedOut = await _fanOut.RunAsync(batch, messages, cancellationToken);
        var confirmed = await _state.RunAsync(batch, fannedOut, cancellationToken);
        var deliveries = await _filter.RunAsync(batch, confirmed, cancellationToken);
        await _deliverer.RunAsync(batch, deliveries, cancellationToken);
        await _followUps.SendAsync(batch, cancellationToken);
        await _deadLetters.WriteAsync(batch.Undelivered, cancellationToken);

        _report.BatchDone(messages, _clock.GetElapsedTime(started));
        Log.Relayed(_logger, messages.Count, batch.Delivered, batch.Skipped, batch.Undelivered.Count);
        foreach (var reason in batch.Undelivered.CountBy(undelivered => undelivered.Failure.Reason))
        {
            Log.DeadLettered(_logger, reason.Value, DeadLetterReasons.NameOf(reason.Key));
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
