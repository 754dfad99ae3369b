using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>The first station: verifies a webhook over its raw bytes, translates it and queues its events.</summary>
public sealed partial class WebhookReceiver(
    ConnectionRegistry connections,
    WebhookSlots slots,
    UnprovenBodies unproven,
    WebhookAuthentication authentication,
    WebhookIntake intake,
    RefusalLog refusals,
    WorkReport report,
    TimeProvider clock,
    ILogger<WebhookReceiver> logger)
{
    // Helpdesks send again after 30 s or more.
    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(30);
    // Webhooks are in hand for a fraction of a second.
    private static readonly TimeSpan AfterRush = TimeSpan.FromSeconds(5);

    /// <summary>Takes a webhook in. <see cref="WebhookOutcome.Accepted"/> means that the queue has its events.</summary>
    public async Task<WebhookOutcome> ReceiveAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var connection = connections.Find(request.Connection);
        using var activity = RelayTracing.ReceiveWebhook(connection?.Name);
        var outcome = await ReceiveAsync(connection, request, cancellationToken);
        activity?.Ended(outcome);
        Report(connection, outcome);
        return outcome;
    }

    private async ValueTask<WebhookOutcome> ReceiveAsync(Connection? connection, WebhookRequest request, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            return new WebhookOutcome.UnknownConnection();
        }

        if (!JsonContentType.Matches(request.ContentType))
        {
            return new WebhookOutcome.NotJson();
        }

        try
        {
            var needsBody = authentication.VerifierOf(connection).NeedsBody;
            var secrets = await authentication.ReadSecretsAsync(connection, cancellationToken);
            return !needsBody && authentication.IsAuthentic(connection, secrets, request, body: default)
                ? await ReceiveProvenAsync(connection, secrets, request, cancellationToken)
                : await ReceiveUnprovenAsync(connection, secrets, needsBody, request, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sender has gone, or the host is stopping. Whether the queue has it is not known; a repeat does no harm.
            return new WebhookOutcome.Unavailable(AfterOutage);
        }
    }

    /// <summary>A webhook that its headers have proven: strangers that send slowly can't be in its way.</summary>
    private async ValueTask<WebhookOutcome> ReceiveProvenAsync(Connection connection, WebhookSecrets secrets, WebhookRequest request, CancellationToken cancellationToken)
    {
        using var slot = slots.Take(connection);
        using var body = slot.IsAcquired ? await WebhookBody.ReadAsync(request, clock, enter: null, cancellationToken) : null;
        return body is null ? new WebhookOutcome.TooMany(AfterRush) : body.Refusal ?? await AcceptAsync(connection, secrets, request, body.Bytes, cancellationToken);
    }

    /// <summary>All others: those that their body has to prove, and those with wrong headers. Until the body is there, it may be anyone's.</summary>
    private async ValueTask<WebhookOutcome> ReceiveUnprovenAsync(
        Connection connection, WebhookSecrets secrets, bool needsBody, WebhookRequest request, CancellationToken cancellationToken)
    {
        using var body = await WebhookBody.ReadAsync(request, clock, pace => unproven.Enter(connection.Name, pace), cancellationToken);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!needsBody || !authentication.IsAuthentic(connection, secrets, request, body.Bytes.Span))
        {
            return Unproven(connection, secrets);
        }

        using var slot = slots.Take(connection);
        return slot.IsAcquired ? await AcceptAsync(connection, secrets, request, body.Bytes, cancellationToken) : new WebhookOutcome.TooMany(AfterRush);
    }

    private WebhookOutcome Unproven(Connection connection, WebhookSecrets secrets)
    {
        if (secrets.Problem is not { } problem)
        {
            return new WebhookOutcome.Unauthorized();
        }

        // The secret that could not be asked might have been the right one.
        refusals.SecretMissing(connection.Name, problem);
        return new WebhookOutcome.Unavailable(AfterOutage);
    }

    private async ValueTask<WebhookOutcome> AcceptAsync(Connection connection, WebhookSecrets secrets, WebhookRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (secrets.Problem is not null)
        {
            Log.OneSecretOnly(logger, connection.Name, secrets.Problem);
        }

        try
        {
            return await intake.AcceptAsync(connection, body, request.Header, cancellationToken);
        }
        catch (QueueUnavailableException exception)
        {
            Log.Unavailable(logger, connection.Name, exception.Message);
            return new WebhookOutcome.Unavailable(AfterOutage);
        }
    }

    private void Report(Connection? connection, WebhookOutcome outcome)
    {
        var name = outcome.Name;
        if (connection is null)
        {
            report.WebhookAnswered(connection: null, name);
            refusals.Refused(connection: null, name, isProven: false);
            return;
        }

        report.WebhookAnswered(connection.Name, name);
        switch (outcome)
        {
            case WebhookOutcome.Accepted accepted:
                Log.Accepted(logger, connection.Name, accepted.Ids.Count);
                break;
            case WebhookOutcome.Ignored ignored:
                Log.Ignored(logger, connection.Name, ignored.Reason);
                break;
            default:
                refusals.Refused(connection.Name, name, isProven: outcome is WebhookOutcome.Malformed);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Accepted a webhook on connection {Connection}: {Count} event(s) queued.")]
        public static partial void Accepted(ILogger logger, string connection, int count);

        [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "Ignored a webhook on connection {Connection}: {Reason}")]
        public static partial void Ignored(ILogger logger, string connection, string reason);

        [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "Could not accept a webhook on connection {Connection}: {Reason}")]
        public static partial void Unavailable(ILogger logger, string connection, string? reason);

        [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "Connection {Connection} has one secret only, because the other can't be used. {Reason}")]
        public static partial void OneSecretOnly(ILogger logger, string connection, string reason);
    }
}
