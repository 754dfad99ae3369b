using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>
/// Asks the helpdesks that keep a record for what they recorded since the last run, and queues it as the webhooks would
/// have: with the same ids, so that Klaviyo drops what had arrived already.
/// </summary>
public sealed partial class EventRecovery(
    ConnectionRegistry connections,
    IEnumerable<IEventRecord> records,
    IEnumerable<IHelpdeskAdapter> adapters,
    IRecoveryMarkStore marks,
    IEventQueue queue,
    WriteVersion version,
    WorkReport report,
    RelayMetrics metrics,
    TimeProvider clock,
    ILogger<EventRecovery> logger)
{
    // Well within the 10 minutes that host.json gives a function; the next run goes on where this one ended.
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(5);

    private const int MessagesPerSend = 100;

    private readonly Dictionary<string, IEventRecord> _records = records.ToDictionary(record => record.Helpdesk, StringComparer.Ordinal);
    private readonly Dictionary<string, IHelpdeskAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Helpdesk, StringComparer.Ordinal);

    /// <summary>
    /// Recovers every connection whose helpdesk keeps a record; does nothing at all when there is none. A connection that fails is
    /// logged, keeps its mark and is tried again by the next run; the others go on.
    /// </summary>
    /// <param name="cancellationToken">Ends the run; what was recovered by then stays so.</param>
    public Task RecoverAsync(CancellationToken cancellationToken) => Task.WhenAll(
        connections.All
            .Where(connection => _records.ContainsKey(connection.Helpdesk.Name))
            .Select(connection => RecoverAsync(connection, cancellationToken)));

    private async Task RecoverAsync(Connection connection, CancellationToken cancellationToken)
    {
        using var activity = RelayTracing.Recover(connection.Name);
        using var time = new CancellationTokenSource(RunTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await RecoverSlicesAsync(connection, either.Token);
        }
        catch (Exception exception) when (exception is QueueUnavailableException or RecoveryMarkUnavailableException)
        {
            Log.Failed(logger, connection.Name, exception.Message);
        }
        catch (RecordBrokenException exception)
        {
            Log.Failed(logger, connection.Name, $"{connection.Helpdesk.Title}'s answer {exception.Message}");
        }
        catch (Exception exception) when (BrokenCompression.Is(exception))
        {
            Log.Failed(logger, connection.Name, $"{connection.Helpdesk.Title}'s answer can't be decompressed ({exception.GetType().Name}).");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // Not the exception's own words: they can hold an address.
            Log.Failed(logger, connection.Name, $"{connection.Helpdesk.Title}'s answer broke off ({exception.GetType().Name}).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, connection.Name, $"it was not done after {RunTime}.");
        }
    }

    private async Task RecoverSlicesAsync(Connection connection, CancellationToken cancellationToken)
    {
        var budget = new BatchBudget(clock, RunTime);
        var mark = await marks.ReadAsync(connection.Name, cancellationToken);
        foreach (var slice in RecoveryWindow.Since(mark, clock.WallTime()).Slices())
        {
            using var answer = await _records[connection.Helpdesk.Name].GetAsync(connection, slice.From, slice.To, budget, cancellationToken);
            if (!answer.IsSuccess)
            {
                Log.Failed(logger, connection.Name, answer.Failure.Detail);
                return;
            }

            if (await ReadAsync(connection, answer.Value, cancellationToken) is not { } events)
            {
                Log.Failed(logger, connection.Name, $"{connection.Helpdesk.Title}'s address answered with something else than its events.");
                return;
            }

            var messages = events.Select(happened => RelayMessage.Fresh(new ConversationWork(happened), version: version.Number)).ToList();
            await EnqueueAsync(messages, cancellationToken);
            var end = RecoveryWindow.EndOf(slice, answer.Value.Headers.Date);
            await marks.WriteAsync(connection.Name, end, cancellationToken);
            report.Recovered(connection.Name, messages);
            Log.Recovered(logger, connection.Name, slice.From, end, events.Count);
        }
    }

    /// <summary>
    /// The events in the order in which they happened, because the last one decides the profile's property. Null when no
    /// line of the answer is the helpdesk's: a page that was taken for lines would move the mark past what is lost.
    /// </summary>
    private async Task<IReadOnlyList<ConversationEvent>?> ReadAsync(Connection connection, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var adapter = _adapters[connection.Helpdesk.Name];
        var events = new List<ConversationEvent>();
        var own = 0;
        var unreadable = 0;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var line in JsonLines.ReadAsync(body, cancellationToken))
        {
            switch (adapter.Translate(connection, line.Span))
            {
                // What is compressed and cut off ends like a whole answer, but for its last line.
                case Translation.Malformed when own > 0 && !line.IsEnded:
                    throw new RecordBrokenException("broke off in the middle of a line.");
                // Neither JSON nor of a type, as everything in a record is.
                case Translation.Malformed { Field: null or "type" }:
                    unreadable++;
                    continue;
                case Translation.Translated translated:
                    events.AddRange(translated.Events);
                    break;
                case Translation.Malformed:
                    unreadable++;
                    break;
            }

            own++;
        }

        if (own == 0 && unreadable > 0)
        {
            return null;
        }

        if (unreadable > 0)
        {
            metrics.RecoveredUnreadable(connection.Name, unreadable);
            Log.Unreadable(logger, connection.Name, unreadable, connection.Helpdesk.Title);
        }

        return [.. events.OrderBy(one => one.OccurredAt)];
    }

    private async Task EnqueueAsync(IReadOnlyList<RelayMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var some in messages.Chunk(MessagesPerSend))
        {
            await queue.SendAsync(QueueNames.ConversationEvents, [.. some.Select(MessageWriter.ToQueueMessage)], cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Recovered connection {Connection} from {From:u} to {To:u}: {Count} event(s) queued.")]
        public static partial void Recovered(ILogger logger, string connection, DateTimeOffset from, DateTimeOffset to, int count);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Recovering connection {Connection}: {Count} line(s) of {Helpdesk}'s record could not be read and were left out.")]
        public static partial void Unreadable(ILogger logger, string connection, int count, string helpdesk);

        [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "Could not recover connection {Connection}; the next run tries again: {Reason}")]
        public static partial void Failed(ILogger logger, string connection, string reason);
    }
}
