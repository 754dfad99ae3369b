using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>A queue that keeps nothing, so that memory stays flat.</summary>
internal sealed class CountingQueue : IEventQueue
{
    private int _count;

    public int Count => _count;

    public Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _count, messages.Count);
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
