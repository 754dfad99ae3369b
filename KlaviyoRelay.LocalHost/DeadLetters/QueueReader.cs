using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>
/// Reads a whole queue. Queue storage can peek at no more than the first 32 messages, so they are received, which
/// hides them from others, and those that are left are shown again, in their order, when the reader is disposed of.
/// </summary>
internal sealed class QueueReader(AzuriteQueueClient client, string queue) : IAsyncDisposable
{
    // When this process is killed, its messages come back by themselves.
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);

    private readonly List<ReceivedMessage> _received = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The next messages; empty at the end, and when those come round again that were read long ago.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not to be cancelled: what an answer that nobody reads has hidden stays hidden.
        var page = await client.GetIfExistsAsync(queue, Hidden, CancellationToken.None);
        _received.AddRange(page);
        return [.. page.Where(message => _seen.Add(message.Id))];
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var message in _received.Where(message => !message.IsSettled))
            {
                await client.UpdateAsync(queue, message, TimeSpan.Zero, CancellationToken.None);
            }
        }
        catch (QueueUnavailableException)
        {
            // They come back by themselves.
        }
    }
}
