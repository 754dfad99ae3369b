using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>The first station: verifies a webhook over its raw bytes, translates it and queues its events.</summary>
public sealed partial class WebhookReceiver
{
    /// <summary>The largest body that is accepted, in bytes: 1 MiB.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    // Gladly waits 15 s for an answer and sends again after 30 s; Kustomer waits "a few seconds" and sends again after 1 min.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly ConnectionRegistry _connections;
    private readonly WebhookAuthentication _authentication;
    private readonly Dictionary<HelpdeskKind, IHelpdeskAdapter> _adapters;
    private readonly IEventQueue _queue;
    private readonly RelayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookReceiver> _logger;

    internal WebhookReceiver(
        ConnectionRegistry connections,
        WebhookAuthentication authentication,
        IEnumerable<IHelpdeskAdapter> adapters,
        IEventQueue queue,
        RelayMetrics metrics,
        TimeProvider clock,
        ILogger<WebhookReceiver> logger)
    {
        _connections = connections;
        _authentication = authentication;
        _adapters = adapters.ToDictionary(adapter => adapter.Helpdesk);
        _queue = queue;
        _metrics = metrics;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Takes a webhook in. <see cref="WebhookOutcome.Accepted"/> means that the queue has its events.</summary>
    /// <param name="request">The webhook.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<WebhookOutcome> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_connections.Find(request.Connection) is not { } connection)
        {
            // Not with its name: whoever guesses names would choose what the log says.
            Log.UnknownConnection(_logger);
            var unknown = new WebhookOutcome.UnknownConnection();
            _metrics.WebhookOfUnknownConnection(WebhookOutcomeNames.Of(unknown));
            return unknown;
        }

        var outcome = await ReceiveAsync(connection, request, cancellationToken);
        _metrics.Webhook(connection.Name, WebhookOutcomeNames.Of(outcome));
        LogOutcome(connection, outcome);
        return outcome;
    }

    private async Task<WebhookOutcome> ReceiveAsync(Connection connection, WebhookRequest request, CancellationToken cancellationToken)
    {
        if (!JsonContentType.Matches(request.ContentType))
        {
            return new WebhookOutcome.NotJson();
        }

        if (await WebhookBody.ReadAsync(request.Body, request.ContentLength, MaxBodyBytes, cancellationToken) is not { } body)
        {
            return new WebhookOutcome.TooLarge();
        }

        using (body)
        {
            try
            {
                return await _authentication.IsAuthenticAsync(connection, request, body.Bytes, cancellationToken)
                    ? await AcceptAsync(connection, body.Bytes, cancellationToken)
                    : new WebhookOutcome.Unauthorized(_authentication.ChallengeFor(connection));
            }
            catch (Exception exception) when (exception is QueueUnavailableException or SecretUnavailableException)
            {
                Log.Unavailable(_logger, connection.Name, exception.Message);
                return new WebhookOutcome.Unavailable(RetryAfter);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The host is stopping. Whether the queue has it is not known; a repeat does no harm.
                return new WebhookOutcome.Unavailable(RetryAfter);
            }
        }
    }

    private async Task<WebhookOutcome> AcceptAsync(Connection connection, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        switch (_adapters[connection.Helpdesk].Translate(connection, body.Span))
        {
            case Translation.Ignored ignored:
                return new WebhookOutcome.Ignored(ignored.Reason);
            case Translation.Malformed malformed:
                return new WebhookOutcome.Malformed(malformed.Detail, malformed.Field);
            case Translation.Translated translated:
                await EnqueueAsync(translated.Events, cancellationToken);
                return new WebhookOutcome.Accepted([.. translated.Events.Select(conversationEvent => conversationEvent.Id)]);
            default:
                throw new InvalidOperationException("An adapter returned an unknown kind of translation.");
        }
    }

    private Task EnqueueAsync(IReadOnlyList<ConversationEvent> events, CancellationToken cancellationToken) =>
        _queue.SendAsync(
            QueueNames.ConversationEvents,
            [.. events.Select(conversationEvent => RelayMessageSerializer.ToQueueMessage(RelayMessage.Fresh(conversationEvent, _clock.GetUtcNow())))],
            cancellationToken);

    private void LogOutcome(Connection connection, WebhookOutcome outcome)
    {
        switch (outcome)
        {
            case WebhookOutcome.Accepted accepted:
                Log.Accepted(_logger, connection.Name, accepted.Ids.Count);
                break;
            case WebhookOutcome.Ignored ignored:
                Log.Ignored(_logger, connection.Name, ignored.Reason);
                break;
            default:
                Log.Refused(_logger, connection.Name, WebhookOutcomeNames.Of(outcome));
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Accepted a webhook on connection {Connection}: {Count} event(s) queued.")]
        public static partial void Accepted(ILogger logger, string connection, int count);

        [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "Ignored a webhook on connection {Connection}: {Reason}")]
        public static partial void Ignored(ILogger logger, string connection, string reason);

        [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Refused a webhook on connection {Connection}: {Outcome}.")]
        public static partial void Refused(ILogger logger, string connection, string outcome);

        [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Refused a webhook: no connection of that name is configured.")]
        public static partial void UnknownConnection(ILogger logger);

        [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "Could not accept a webhook on connection {Connection}: {Reason}")]
        public static partial void Unavailable(ILogger logger, string connection, string reason);
    }
}
