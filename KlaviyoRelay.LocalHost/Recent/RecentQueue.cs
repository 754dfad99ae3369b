using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.Recent;

/// <summary>Remembers the last events that were queued, so that a person can send one again (<c>relay replay</c>). It forgets them when the relay stops.</summary>
internal sealed class RecentQueue(IEventQueue inner) : IEventQueue
{
    public const int MaxMessages = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueueMessage> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await inner.SendAsync(queue, messages, cancellationToken);
        if (queue == QueueNames.ConversationEvents)
        {
            Remember(messages);
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    /// <summary>The messages whose id begins so. The id of a message on its first way is the event's.</summary>
    public IReadOnlyList<QueueMessage> Find(string beginning)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(beginning, out var exact) ? [exact] : [.. _byId.Values.Where(message => message.MessageId.StartsWith(beginning, StringComparison.Ordinal))];
        }
    }

    /// <summary>Sends an event once more. Its webhook came long ago, so the time since then is no latency.</summary>
    public Task SendAgainAsync(RelayMessage message, CancellationToken cancellationToken) =>
        inner.SendAsync(QueueNames.ConversationEvents, [MessageWriter.ToQueueMessage(message with { AcceptedAt = null, Trace = null })], cancellationToken);

    private void Remember(IReadOnlyList<QueueMessage> messages)
    {
        lock (_lock)
        {
            foreach (var message in messages)
            {
                if (!_byId.TryAdd(message.MessageId, message))
                {
                    continue;
                }

                _oldestFirst.Enqueue(message.MessageId);
                if (_oldestFirst.Count > MaxMessages)
                {
                    _byId.Remove(_oldestFirst.Dequeue());
                }
            }
        }
    }
}
