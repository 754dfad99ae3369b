using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Queues;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Sends to queue storage.</summary>
internal sealed class AzuriteQueue(AzuriteQueueClient client, HeldIndex held, QueueSignals signals, TimeProvider clock) : IEventQueue
{
    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var accepted = 0;
        try
        {
            foreach (var message in messages)
            {
                await SendAsync(queue, message, cancellationToken);
                accepted++;
            }
        }
        catch (QueueUnavailableException exception) when (accepted > 0)
        {
            throw new QueueUnavailableException(exception.Message, exception) { Accepted = accepted };
        }
        finally
        {
            foreach (var target in messages.Select(message => SessionQueues.NameOf(queue, message.SessionId)).Distinct())
            {
                signals.Sent(target);
            }
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => client.CheckAsync(cancellationToken);

    private async Task SendAsync(string queue, QueueMessage message, CancellationToken cancellationToken)
    {
        var envelope = QueueEnvelope.Of(message);
        var delay = (message.NotBefore ?? DateTimeOffset.MinValue) - clock.GetUtcNow();
        var sent = await client.PutAsync(SessionQueues.NameOf(queue, message.SessionId), envelope.Encode(), delay, cancellationToken);
        if (sent is not null && delay > TimeSpan.Zero && message.NotBefore is { } notBefore)
        {
            await held.AddAsync(queue, new HeldMessage(sent.Id, sent.PopReceipt, notBefore, envelope), delay, cancellationToken);
        }
    }
}
