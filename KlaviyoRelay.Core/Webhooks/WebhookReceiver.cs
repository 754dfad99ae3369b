using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>The first station: verifies a webhook over its raw bytes, translates it and queues its events.</summary>
public sealed partial class WebhookReceiver
{
    // Gladly waits 15 s for an answer and sends again after 30 s; Kustomer waits "a few seconds" and sends again after 1 min.
    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(30);

    // Webhooks are in hand for a fraction of a second.
    private static readonly TimeSpan AfterRush = TimeSpan.FromSeconds(5);

    private readonly ConnectionRegistry _connections;
    private readonly WebhookSlots _slots;
    private readonly WebhookAuthentication _authentication;
    private readonly WebhookIntake _intake;
    private readonly RelayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookReceiver> _logger;

    internal WebhookReceiver(
        ConnectionRegistry connections,
        WebhookSlots slots,
        WebhookAuthentication authentication,
        WebhookIntake intake,
        RelayMetrics metrics,
        TimeProvider clock,
        ILogger<WebhookReceiver> logger)
    {
        _connections = connections;
        _slots = slots;
        _authentication = authentication;
        _intake = intake;
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
        // A name that is no connection goes the same way to the same answers: guessing names tells nothing.
        var connection = _connections.Find(request.Connection);
        using var activity = RelayTracing.ReceiveWebhook(connection?.Name);
        var outcome = await ReceiveAsync(connection, request, cancellationToken);
        activity?.Ended(outcome);
        Report(connection, outcome);
        return outcome;
    }

    private async ValueTask<WebhookOutcome> ReceiveAsync(Connection? connection, WebhookRequest request, CancellationToken cancellationToken)
    {
        if (!JsonContentType.Matches(request.ContentType))
        {
            return new WebhookOutcome.NotJson();
        }

        try
        {
            var byHeaders = await _authentication.JudgeHeadersAsync(connection, request, cancellationToken);
            return connection is not null && byHeaders is { IsAuthentic: true } verdict
                ? await ReceiveProvenAsync(connection, verdict, request, cancellationToken)
                : await ReceiveUnprovenAsync(connection, byHeaders, request, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sender has gone, or the host is stopping. Whether the queue has it is not known; a repeat does no harm.
            return new WebhookOutcome.Unavailable(AfterOutage);
        }
    }

    /// <summary>A webhook that its headers have proven: strangers that send slowly can't be in its way.</summary>
    private async ValueTask<WebhookOutcome> ReceiveProvenAsync(Connection connection, WebhookVerdict verdict, WebhookRequest request, CancellationToken cancellationToken)
    {
        using var slot = _slots.Take(connection);
        if (!slot.IsAcquired)
        {
            return new WebhookOutcome.TooMany(AfterRush);
        }

        using var body = await WebhookBody.ReadAsync(request.Body, request.ContentLength, _clock, cancellationToken);
        return body.Refusal ?? await AcceptAsync(connection, verdict, request, body.Bytes, cancellationToken);
    }

    /// <summary>All others: those whose signature is over the body, those with wrong headers, and unknown names.</summary>
    private async ValueTask<WebhookOutcome> ReceiveUnprovenAsync(Connection? connection, WebhookVerdict? byHeaders, WebhookRequest request, CancellationToken cancellationToken)
    {
        using var unproven = _slots.TakeUnproven();
        if (!unproven.IsAcquired)
        {
            return new WebhookOutcome.TooMany(AfterRush);
        }

        using var body = await WebhookBody.ReadAsync(request.Body, request.ContentLength, _clock, cancellationToken);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        var verdict = await _authentication.JudgeAsync(connection, byHeaders, request, new HashedBody(body.Bytes), cancellationToken);
        if (connection is null)
        {
            return new WebhookOutcome.UnknownConnection();
        }

        if (!verdict.IsAuthentic)
        {
            if (verdict.Problem is null)
            {
                return new WebhookOutcome.Unauthorized();
            }

            // The secret that could not be asked might have been the right one.
            Log.Unavailable(_logger, connection.Name, verdict.Problem);
            return new WebhookOutcome.Unavailable(AfterOutage);
        }

        // A queue that is slow must not keep others from being verified.
        unproven.Dispose();
        using var slot = _slots.Take(connection);
        return slot.IsAcquired ? await AcceptAsync(connection, verdict, request, body.Bytes, cancellationToken) : new WebhookOutcome.TooMany(AfterRush);
    }

    private async ValueTask<WebhookOutcome> AcceptAsync(Connection connection, WebhookVerdict verdict, WebhookRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (verdict.Problem is not null)
        {
            Log.OneSecretOnly(_logger, connection.Name, verdict.Problem);
        }

        try
        {
            return await _intake.AcceptAsync(connection, body, request.Header, cancellationToken);
        }
        catch (QueueUnavailableException exception)
        {
            Log.Unavailable(_logger, connection.Name, exception.Message);
            return new WebhookOutcome.Unavailable(AfterOutage);
        }
    }

    private void Report(Connection? connection, WebhookOutcome outcome)
    {
        if (connection is null)
        {
            // Not with its name: whoever guesses names would choose what the log says.
            Log.UnknownConnection(_logger);
            _metrics.WebhookOfUnknownConnection(WebhookOutcomeNames.Of(outcome));
            return;
        }

        _metrics.Webhook(connection.Name, WebhookOutcomeNames.Of(outcome));
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

        [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Refused a webhook: its address names no connection.")]
        public static partial void UnknownConnection(ILogger logger);

        [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "Could not accept a webhook on connection {Connection}: {Reason}")]
        public static partial void Unavailable(ILogger logger, string connection, string? reason);

        [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "Connection {Connection} has one secret only, because the other can't be used. {Reason}")]
        public static partial void OneSecretOnly(ILogger logger, string connection, string reason);
    }
}
