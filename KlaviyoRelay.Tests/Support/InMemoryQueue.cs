using System.Collections.Concurrent;
using System.Text.Json;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Support;

/// <summary>
/// A queue that remembers what was sent. As a real one it answers later than it is asked: who does not wait for its
/// answer goes on before it has anything, and does not see that it failed.
/// </summary>
internal sealed class InMemoryQueue : IEventQueue
{
    private readonly ConcurrentQueue<(string Queue, QueueMessage Message)> _sent = new();

    /// <summary>The queues that do not answer; <c>*</c> for all.</summary>
    public HashSet<string> Down { get; } = [];

    /// <summary>Why a message is refused, as by a queue that it does not fit; null when it is taken.</summary>
    public Func<string, QueueMessage, string?> Refuses { get; set; } = (_, _) => null;

    /// <summary>Ends before anything is taken or refused.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What happens when something is sent, before it is taken.</summary>
    public Action OnSend { get; set; } = () => { };

    public int Count => _sent.Count;

    public IReadOnlyList<QueueMessage> Fresh => On(QueueNames.ConversationEvents);

    public IReadOnlyList<DeadLetter> Throttled => LettersOn(QueueNames.DeadLetterThrottled);

    public IReadOnlyList<DeadLetter> Rejected => LettersOn(QueueNames.DeadLetterRejected);

    public IReadOnlyList<QueueMessage> On(string queue) => [.. _sent.Where(sent => sent.Queue == queue).Select(sent => sent.Message)];

    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        ThrowIfDown(queue);
        OnSend();
        foreach (var (index, message) in messages.Index())
        {
            if (Refuses(queue, message) is { } reason)
            {
                throw new QueueUnavailableException(reason) { Accepted = index };
            }

            _sent.Enqueue((queue, message));
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        ThrowIfDown(QueueNames.ConversationEvents);
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        await Gate.WaitAsync(cancellationToken);
    }

    private IReadOnlyList<DeadLetter> LettersOn(string queue) =>
        [.. On(queue).Select(message => RelayWork.Reader.ReadLetter(message.Body) ?? throw new JsonException("A letter can't be read."))];

    private void ThrowIfDown(string queue)
    {
        if (Down.Contains("*") || Down.Contains(queue))
        {
            throw new QueueUnavailableException($"The queue {queue} does not answer.");
        }
    }
}
