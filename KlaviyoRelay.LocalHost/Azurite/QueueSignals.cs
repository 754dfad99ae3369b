using System.Collections.Concurrent;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Wakes a queue's reader when this process has sent something to it, so that nothing waits for the next poll.</summary>
internal sealed class QueueSignals(TimeProvider clock)
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
    public async Task WaitAsync(string queue, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Of(queue).WaitAsync(ended.Token), Task.Delay(atMost, clock, ended.Token));
        // The other one must not take the next signal.
        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private SemaphoreSlim Of(string queue) => _signals.GetOrAdd(queue, _ => new SemaphoreSlim(0));
}
