using System.Text;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Conversations.Receiving;

/// <summary>Translates an authentic webhook and queues its events.</summary>
public sealed partial class WebhookIntake(IEnumerable<IHelpdeskAdapter> adapters, IEventQueue queue, WriteVersion version, WorkReport report, RelayMetrics metrics, TimeProvider clock, ILogger<WebhookIntake> logger)
{
    private readonly Dictionary<string, IHelpdeskAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Helpdesk, StringComparer.Ordinal);

    /// <exception cref="QueueUnavailableException">The queue did not accept the events.</exception>
    public ValueTask<WebhookOutcome> AcceptAsync(Connection connection, ReadOnlyMemory<byte> body, Func<string, string?> header, CancellationToken cancellationToken)
    {
        var translation = _adapters[connection.Helpdesk.Name].Translate(connection, WithoutMark(body.Span), header);
        if (translation.LeftOut is { } reason)
        {
            metrics.EmailsSkipped(connection.Name, reason, 1);
            Log.LeftOut(logger, connection.Name, reason);
        }

        return translation switch
        {
            Translation.Ignored ignored => new(new WebhookOutcome.Ignored(ignored.Reason)),
            Translation.Malformed malformed => new(new WebhookOutcome.Malformed(malformed.Detail, malformed.Field)),
            Translation.Translated translated => EnqueueAsync(connection, translated, cancellationToken),
            Translation.Changed { Change: var change } => EnqueueAsync(QueueNames.Records, [new CustomerWork(change)], cancellationToken),
            _ => throw new InvalidOperationException("An adapter returned an unknown kind of translation."),
        };
    }

    private async ValueTask<WebhookOutcome> EnqueueAsync(Connection connection, Translation.Translated translated, CancellationToken cancellationToken)
    {
        var emails = translated.Customer is { } customer ? EmailsOf(connection, customer) : null;
        if (emails is { Count: 0 })
        {
            Log.NobodyToTell(logger, connection.Name);
            return new WebhookOutcome.Ignored("The customer has no email that an event could be sent to.");
        }

        if (translated.IsOfUnknownBrand)
        {
            // Without the brand: it is whatever a webhook says.
            Log.UnknownBrand(logger, connection.Name);
        }

        return await EnqueueAsync(QueueNames.ConversationEvents, [.. translated.Events.Select(happened => new ConversationWork(happened, emails))], cancellationToken);
    }

    private async ValueTask<WebhookOutcome> EnqueueAsync(string name, IReadOnlyList<WorkPayload> works, CancellationToken cancellationToken)
    {
        var acceptedAt = clock.WallTime();
        using var activity = RelayTracing.Send(name, works.Count, works is [var only] ? only.Id : null);
        var messages = works.Select(work => RelayMessage.Fresh(work, acceptedAt, version.Number)).ToList();
        await queue.SendAsync(name, [.. messages.Select(MessageWriter.ToQueueMessage)], cancellationToken);
        report.Accepted(messages);
        return new WebhookOutcome.Accepted([.. messages.Select(message => message.Id)]);
    }

    /// <summary>Without the byte order mark that some senders write first: it is no part of the JSON, though it is signed.</summary>
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    /// <summary>Decided now, so that the queue holds no email that gets no event.</summary>
    private IReadOnlyList<string> EmailsOf(Connection connection, WebhookCustomer customer)
    {
        var plan = FanOut.Plan(customer, connection);
        if (plan.Skipped is { } skipped)
        {
            metrics.EmailsSkipped(connection.Name, skipped.Reason, skipped.Count);
        }

        return plan.Emails;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "A webhook on connection {Connection} names a brand that none of its Brands has: its events go to the connection's Account.")]
        public static partial void UnknownBrand(ILogger logger, string connection);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "A webhook on connection {Connection} holds an event that the relay can't complete ({Reason}): look at the settings of its helpdesk and at what the helpdesk sends.")]
        public static partial void LeftOut(ILogger logger, string connection, string reason);

        [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "A webhook on connection {Connection} holds an event, but no email or phone number that it could go to.")]
        public static partial void NobodyToTell(ILogger logger, string connection);
    }
}
