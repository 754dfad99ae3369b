using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Functions;

/// <summary>A queue that takes everything, or nothing at all when it has a failure.</summary>
internal sealed class RecordingQueue(Exception? failure = null) : IEventQueue
{
    public List<(string Queue, QueueMessage Message)> Sent { get; } = [];

    public Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailing();
        Sent.AddRange(messages.Select(message => (queue, message)));
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailing();
        return Task.CompletedTask;
    }

    private void ThrowIfFailing()
    {
        if (failure is not null)
        {
            throw failure;
        }
    }
}
