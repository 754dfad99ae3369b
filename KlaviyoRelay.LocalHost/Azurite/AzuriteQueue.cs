using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.LocalHost.Queues;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Sends to queue storage.</summary>
internal sealed class AzuriteQueue(AzuriteQueueClient client, HeldIndex held, QueueSignals signals, TimeProvider clock) : IEventQueue
{
    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            var envelope = QueueEnvelope.Of(message);
            var delay = (message.NotBefore ?? DateTimeOffset.MinValue) - clock.GetUtcNow();
            var target = SessionQueues.NameOf(queue, message.SessionId);
            var sent = await client.PutAsync(target, envelope.Encode(), delay, cancellationToken);
            if (delay > TimeSpan.Zero && message.NotBefore is { } notBefore)
            {
                await held.AddAsync(queue, new HeldMessage(sent.Id, sent.PopReceipt, notBefore, envelope), delay, cancellationToken);
            }
        }

        foreach (var target in messages.Select(message => SessionQueues.NameOf(queue, message.SessionId)).Distinct())
        {
            signals.Sent(target);
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => client.CheckAsync(cancellationToken);
}
