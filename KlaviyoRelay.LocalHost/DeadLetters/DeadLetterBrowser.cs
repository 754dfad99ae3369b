using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Finds letters on the dead-letter queues, those that can be received and those that are held, and settles them.</summary>
internal sealed class DeadLetterBrowser(AzuriteQueueClient client, TimeProvider clock)
{
    /// <summary>Finds letters and leaves them where they are.</summary>
    public Task<DeadLetterReport> FindAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => FindAsync(filter, choose: null, cancellationToken);

    /// <summary>
    /// Does something with each letter after which its message is gone from the queue, or due. Only with those that are
    /// there when it begins: a letter that the relay writes meanwhile, because the event was refused again, stays.
    /// </summary>
    /// <param name="filter">Which letters.</param>
    /// <param name="choose">Which of these; null for all.</param>
    /// <param name="settle">False when the relay took the letter meanwhile.</param>
    /// <param name="cancellationToken">Ends it between two letters.</param>
    public async Task<DeadLetterReport> SettleAsync(
        DeadLetterFilter filter, Func<FoundLetter, bool>? choose, Func<FoundLetter, Task<bool>> settle, CancellationToken cancellationToken)
    {
        var found = await FindAsync(filter, choose, cancellationToken);
        return found.Error is null ? await SettleAsync(found, filter, settle, cancellationToken) : found with { Letters = [] };
    }

    /// <summary>As above, with the letters that were found before.</summary>
    public async Task<DeadLetterReport> SettleAsync(
        DeadLetterReport found, DeadLetterFilter filter, Func<FoundLetter, Task<bool>> settle, CancellationToken cancellationToken)
    {
        var ids = found.Letters.Select(letter => letter.Message.Id).ToHashSet(StringComparer.Ordinal);
        if (ids.Count == 0)
        {
            return found;
        }

        var report = await WalkAsync(filter.Queues, new DeadLetterWalk(filter, letter => ids.Contains(letter.Message.Id), settle), cancellationToken);
        return report with { HasMore = found.HasMore };
    }

    private Task<DeadLetterReport> FindAsync(DeadLetterFilter filter, Func<FoundLetter, bool>? choose, CancellationToken cancellationToken) =>
        WalkAsync(filter.Queues, new DeadLetterWalk(filter, choose, settle: null), cancellationToken);

    private async Task<DeadLetterReport> WalkAsync(IEnumerable<string> queues, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var queue in queues)
            {
                var received = await WalkReceivableAsync(queue, walk, cancellationToken);
                await WalkHeldAsync(queue, received, walk, cancellationToken);
            }

            return walk.Report();
        }
        catch (QueueUnavailableException exception)
        {
            return walk.Report() with { Error = exception.Message };
        }
        catch (OperationCanceledException)
        {
            return walk.Report() with { Error = "Interrupted." };
        }
    }

    /// <summary>Visits what can be received and returns the ids of its messages.</summary>
    private async Task<IReadOnlySet<string>> WalkReceivableAsync(string queue, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        var received = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = new QueueReader(client, queue);
        while (!walk.HasMore && await reader.NextAsync(cancellationToken) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                received.Add(message.Id);
                if (DeadLetterSerializer.Read(message.Envelope.Body) is { } letter)
                {
                    message.IsSettled = await walk.VisitAsync(new FoundLetter(queue, letter, DueAt(letter), message, IsHeld: false));
                }
                else
                {
                    walk.Unreadable++;
                }
            }
        }

        return received;
    }

    /// <summary>Visits what waits until it is due, by its entries in the index.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="received">Messages that could be received, so are no longer held whatever the index says.</param>
    /// <param name="walk">The visitor.</param>
    /// <param name="cancellationToken">Ends it between two letters.</param>
    private async Task WalkHeldAsync(string queue, IReadOnlySet<string> received, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        var index = HeldIndex.QueueOf(queue);
        await using var reader = new QueueReader(client, index);
        while (!walk.HasMore && await reader.NextAsync(cancellationToken) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (HeldMessage.Decode(entry.Text) is { } held
                    && held.NotBefore > clock.GetUtcNow()
                    && !received.Contains(held.Id)
                    && DeadLetterSerializer.Read(held.Envelope.Body) is { } letter
                    && await walk.VisitAsync(new FoundLetter(queue, letter, held.NotBefore, held.ToReceived(), IsHeld: true)))
                {
                    entry.IsSettled = await client.DeleteAsync(index, entry, CancellationToken.None);
                }
            }
        }
    }

    // A throttled letter that can be received is due, also when an operator released it before its time.
    private DateTimeOffset? DueAt(DeadLetter letter) =>
        letter.ReleaseAt is { } time && time > clock.GetUtcNow() ? clock.GetUtcNow() : letter.ReleaseAt;
}
