using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Faults;

/// <summary>Looks into the relay's queues and leaves them as they are.</summary>
internal sealed class QueueReader(AzuriteQueueClient client)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);

    /// <summary>How many messages there are, of all sessions, held back or not; 0 when there is no such queue.</summary>
    public Task<int> CountAsync(string queue, CancellationToken cancellationToken) => SessionQueues.CountAsync(client, queue, cancellationToken);

    /// <summary>Reads every message that can be received now, of all sessions, and gives it back.</summary>
    public async Task<IReadOnlyList<Letter>> ReadAsync(string queue, CancellationToken cancellationToken)
    {
        var letters = new List<Letter>();
        foreach (var name in await SessionQueues.AllAsync(client, queue, cancellationToken))
        {
            letters.AddRange(await ReadOneAsync(name, cancellationToken));
        }

        return letters;
    }

    private async Task<IReadOnlyList<Letter>> ReadOneAsync(string queue, CancellationToken cancellationToken)
    {
        await client.CreateAsync(queue, cancellationToken);
        var messages = new List<ReceivedMessage>();
        int received;
        do
        {
            var some = await client.GetAsync(queue, Hold, cancellationToken);
            messages.AddRange(some);
            received = some.Count;
        }
        while (received > 0);

        foreach (var message in messages)
        {
            await client.UpdateAsync(queue, message, TimeSpan.Zero, cancellationToken);
        }

        return [.. messages.Select(message => Letter.Read(message.Envelope.Body))];
    }
}
