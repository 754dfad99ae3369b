using System.Collections.Concurrent;
using System.Text.Json;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A queue that remembers what was sent.</summary>
internal sealed class InMemoryQueue : IEventQueue
{
    private readonly ConcurrentQueue<(string Queue, QueueMessage Message)> _sent = new();

    /// <summary>The queues that do not answer; <c>*</c> for all.</summary>
    public HashSet<string> Down { get; } = [];

    /// <summary>What happens when something is sent, before it is taken.</summary>
    public Action OnSend { get; set; } = () => { };

    public int Count => _sent.Count;

    public IReadOnlyList<QueueMessage> Fresh => On(QueueNames.ConversationEvents);

    public IReadOnlyList<DeadLetter> Throttled => LettersOn(QueueNames.DeadLetterThrottled);

    public IReadOnlyList<DeadLetter> Rejected => LettersOn(QueueNames.DeadLetterRejected);

    public IReadOnlyList<QueueMessage> On(string queue) => [.. _sent.Where(sent => sent.Queue == queue).Select(sent => sent.Message)];

    public Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        ThrowIfDown(queue);
        OnSend();
        foreach (var message in messages)
        {
            _sent.Enqueue((queue, message));
        }

        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        ThrowIfDown(QueueNames.ConversationEvents);
        return Task.CompletedTask;
    }

    private IReadOnlyList<DeadLetter> LettersOn(string queue) =>
        [.. On(queue).Select(message => JsonSerializer.Deserialize(message.Body, RelayJsonContext.Default.DeadLetter) ?? throw new JsonException("A letter is null."))];

    private void ThrowIfDown(string queue)
    {
        if (Down.Contains("*") || Down.Contains(queue))
        {
            throw new QueueUnavailableException($"The queue {queue} does not answer.");
        }
    }
}
