using System.Collections.Concurrent;

namespace KlaviyoRelay.LocalHost.Queues;

/// <summary>Wakes a queue's reader when this process has sent something to it, so that nothing waits for the next poll.</summary>
internal sealed class QueueSignals
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _signals = new(StringComparer.Ordinal);

    public void Sent(string queue)
    {
        var signal = Of(queue);
        if (signal.CurrentCount == 0)
        {
            signal.Release();
        }
    }

    /// <summary>Returns after a signal, or after the time is over.</summary>
    public Task WaitAsync(string queue, TimeSpan atMost, CancellationToken cancellationToken) => Of(queue).WaitAsync(atMost, cancellationToken);

    private SemaphoreSlim Of(string queue) => _signals.GetOrAdd(queue, _ => new SemaphoreSlim(0));
}
