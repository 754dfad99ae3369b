using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.LocalHost.Queues;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Sends to queue storage.</summary>
internal sealed class AzuriteQueue(AzuriteQueueClient client, QueueSignals signals, TimeProvider clock) : IEventQueue
{
    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            var delay = (message.NotBefore ?? DateTimeOffset.MinValue) - clock.GetUtcNow();
            await client.PutAsync(queue, QueueEnvelope.Encode(message), delay, cancellationToken);
        }

        signals.Sent(queue);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => client.CheckAsync(cancellationToken);
}
