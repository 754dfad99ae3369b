using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>
/// Sends to Service Bus by its SDK: an output binding can set neither the session nor the enqueue time, and runs after
/// the HTTP answer has gone out. A batch is accepted as a whole or not at all.
/// </summary>
internal sealed class ServiceBusQueue(ServiceBusClient client, TimeProvider clock) : IEventQueue
{
    /// <summary>After so long a helpdesk gets its 503, within the 10 s that it waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    // Where the Functions host's trigger reads what its own request telemetry links to (azure-sdk-for-net,
    // MessagingClientDiagnostics). The relay itself goes by what the message's body says.
    private const string DiagnosticId = "Diagnostic-Id";

    private readonly ConcurrentDictionary<string, ServiceBusSender> _senders = new(StringComparer.Ordinal);

    /// <summary>To whom a failure is explained.</summary>
    public ServiceBusCaller Caller { get; init; } = ServiceBusCaller.App;

    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var accepted = 0;
        try
        {
            await TryAsync(queue, token => SendAllAsync(queue, messages, count => accepted = count, token), cancellationToken);
        }
        catch (QueueUnavailableException exception) when (accepted > 0)
        {
            throw new QueueUnavailableException(exception.Message, exception) { Accepted = accepted };
        }
    }

    /// <summary>Opens a link to each queue, anew: Service Bus lets only an identity that may send have one.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in QueueNames.All)
        {
            await TryAsync(queue, token => OpenAsync(queue, token), cancellationToken);
        }
    }

    private async Task SendAllAsync(string queue, IReadOnlyList<QueueMessage> messages, Action<int> accepted, CancellationToken cancellationToken)
    {
        var sender = _senders.GetOrAdd(queue, name => client.CreateSender(name));
        for (var next = 0; next < messages.Count;)
        {
            using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
            while (next < messages.Count && batch.TryAddMessage(ToServiceBus(messages[next])))
            {
                next++;
            }

            if (batch.Count == 0)
            {
                throw new QueueUnavailableException($"A message is larger than {queue} takes ({batch.MaxSizeInBytes} bytes).");
            }

            await sender.SendMessagesAsync(batch, cancellationToken);
            accepted(next);
        }
    }

    // The size of a batch is what the link says when it is opened.
    private async Task OpenAsync(string queue, CancellationToken cancellationToken)
    {
        await using var sender = client.CreateSender(queue);
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
    }

    private async Task TryAsync(string queue, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await action(both.Token);
        }
        catch (Exception exception) when (ServiceBusFailure.Explain(queue, exception, Caller) is { } explanation)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new QueueUnavailableException(explanation, exception);
        }
    }

    private static ServiceBusMessage ToServiceBus(QueueMessage message)
    {
        var sent = new ServiceBusMessage(message.Body) { MessageId = message.MessageId, SessionId = message.SessionId, ContentType = "application/json" };
        if (message.NotBefore is { } notBefore)
        {
            sent.ScheduledEnqueueTime = notBefore;
        }

        if (Activity.Current?.Id is { } traceparent)
        {
            sent.ApplicationProperties[DiagnosticId] = traceparent;
        }

        return sent;
    }
}
