using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Functions;

/// <summary>A queue that takes everything, or nothing at all when it has a failure.</summary>
internal sealed class RecordingQueue(Exception? failure = null) : IEventQueue
{
    public List<(string Queue, QueueMessage Message)> Sent { get; } = [];

    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailing();
        Sent.AddRange(messages.Select(message => (queue, message)));
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailing();
    }

    private void ThrowIfFailing()
    {
        if (failure is not null)
        {
            throw failure;
        }
    }
}
