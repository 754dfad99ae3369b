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
public sealed partial class EventRecovery
{
    // Well within the 10 minutes that host.json gives a function; the next run goes on where this one ended.
    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(5);

    private const int MessagesPerSend = 100;

    private readonly ConnectionRegistry _connections;
    private readonly Dictionary<string, IEventRecord> _records;
    private readonly Dictionary<string, IHelpdeskAdapter> _adapters;
    private readonly IRecoveryMarkStore _marks;
    private readonly IEventQueue _queue;
    private readonly WriteVersion _version;
    private readonly WorkReport _report;
    private readonly RelayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventRecovery> _logger;

    internal EventRecovery(
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
        _connections = connections;
        _records = records.ToDictionary(record => record.Helpdesk, StringComparer.Ordinal);
        _adapters = adapters.ToDictionary(adapter => adapter.Helpdesk, StringComparer.Ordinal);
        _marks = marks;
        _queue = queue;
        _version = version;
        _report = report;
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>
    /// Recovers every connection whose helpdesk keeps a record; does nothing at all when there is none. A connection that fails is
    /// logged, keeps its mark and is tried again by the next run; the others go on.
    /// </summary>
    /// <param name="cancellationToken">Ends the run; what was recovered by then stays so.</param>
    public Task RecoverAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _connections.All
            .Where(connection => _records.ContainsKey(connection.Helpdesk.Name))
            .Select(connection => RecoverAsync(connection, cancellationToken)));

    private async Task RecoverAsync(Connection connection, CancellationToken cancellationToken)
    {
        using var activity = RelayTracing.Recover(connection.Name);
        using var time = new CancellationTokenSource(RunTime, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await RecoverSlicesAsync(connection, either.Token);
        }
        catch (Exception exception) when (exception is QueueUnavailableException or RecoveryMarkUnavailableException)
        {
            Log.Failed(_logger, connection.Name, exception.Message);
        }
        catch (RecordBrokenException exception)
        {
            Log.Failed(_logger, connection.Name, $"{connection.Helpdesk.Title}'s answer {exception.Message}");
        }
        catch (Exception exception) when (BrokenCompression.Is(exception))
        {
            Log.Failed(_logger, connection.Name, $"{connection.Helpdesk.Title}'s answer can't be decompressed ({exception.GetType().Name}).");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // Not the exception's own words: they can hold an address.
            Log.Failed(_logger, connection.Name, $"{connection.Helpdesk.Title}'s answer broke off ({exception.GetType().Name}).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(_logger, connection.Name, $"it was not done after {RunTime}.");
        }
    }

    private async Task RecoverSlicesAsync(Connection connection, CancellationToken cancellationToken)
    {
        var budget = new BatchBudget(_clock, RunTime);
        var mark = await _marks.ReadAsync(connection.Name, cancellationToken);
        foreach (var slice in RecoveryWindow.Since(mark, _clock.WallTime()).Slices())
        {
            using var answer = await _records[connection.Helpdesk.Name].GetAsync(connection, slice.From, slice.To, budget, cancellationToken);
            if (!answer.IsAnswered)
            {
                Log.Failed(_logger, connection.Name, answer.Failure.Detail);
                return;
            }

            if (await ReadAsync(connection, answer.Response, cancellationToken) is not { } events)
            {
                Log.Failed(_logger, connection.Name, $"{connection.Helpdesk.Title}'s address answered with something else than its events.");
                return;
            }

            await EnqueueAsync(events, cancellationToken);
            await _marks.WriteAsync(connection.Name, slice.To, cancellationToken);
            _report.Recovered(connection.Name, events);
            Log.Recovered(_logger, connection.Name, slice.From, slice.To, events.Count);
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
            _metrics.RecoveredUnreadable(connection.Name, unreadable);
            Log.Unreadable(_logger, connection.Name, unreadable, connection.Helpdesk.Title);
        }

        return [.. events.OrderBy(one => one.OccurredAt)];
    }

    private async Task EnqueueAsync(IReadOnlyList<ConversationEvent> events, CancellationToken cancellationToken)
    {
        foreach (var some in events.Chunk(MessagesPerSend))
        {
            await _queue.SendAsync(
                QueueNames.ConversationEvents,
                [.. some.Select(one => RelayMessageSerializer.ToQueueMessage(RelayMessage.Fresh(one, version: _version.Number)))],
                cancellationToken);
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
