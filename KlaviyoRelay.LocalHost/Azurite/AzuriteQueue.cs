using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.Azurite;

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
        if (delay > TimeSpan.Zero && message.NotBefore is { } notBefore)
        {
            await held.AddAsync(queue, new HeldMessage(sent.MessageId, sent.PopReceipt, notBefore, envelope), delay, cancellationToken);
        }
    }
}
