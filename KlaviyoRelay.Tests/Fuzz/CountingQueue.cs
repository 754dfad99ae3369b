using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>A queue that keeps nothing, so that memory stays flat.</summary>
internal sealed class CountingQueue : IEventQueue
{
    private int _count;

    public int Count => _count;

    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Interlocked.Add(ref _count, messages.Count);
    }

    public async Task CheckAsync(CancellationToken cancellationToken) => await Task.Yield();
}
