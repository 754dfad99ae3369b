using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Finds letters on the dead-letter queues, those that can be received and those that are held, and settles them.</summary>
internal sealed class DeadLetterBrowser(ILetterStore store)
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
        DeadLetterFilter filter, Func<FoundMessage, bool>? choose, Func<FoundMessage, Task<bool>> settle, CancellationToken cancellationToken)
    {
        var found = await FindAsync(filter, choose, cancellationToken);
        return found.Error is null ? await SettleAsync(found, filter, settle, cancellationToken) : found with { Letters = [] };
    }

    /// <summary>As above, with the letters that were found before.</summary>
    public async Task<DeadLetterReport> SettleAsync(
        DeadLetterReport found, DeadLetterFilter filter, Func<FoundMessage, Task<bool>> settle, CancellationToken cancellationToken)
    {
        if (found.Letters.Count == 0)
        {
            return found;
        }

        var walk = new DeadLetterWalk(filter, choose: null, settle) { Ids = found.Letters.Select(letter => letter.Message.Id).ToHashSet(StringComparer.Ordinal) };
        // Only the queues with some of them: a queue without any need not be read.
        var report = await WalkAsync(found.Letters.Select(letter => letter.Queue).Distinct(), walk, cancellationToken);
        return report with { HasMore = found.HasMore, Unreadable = found.Unreadable };
    }

    private Task<DeadLetterReport> FindAsync(DeadLetterFilter filter, Func<FoundMessage, bool>? choose, CancellationToken cancellationToken) =>
        WalkAsync(filter.Queues, new DeadLetterWalk(filter, choose, settle: null), cancellationToken);

    private async Task<DeadLetterReport> WalkAsync(IEnumerable<string> queues, DeadLetterWalk walk, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var queue in queues)
            {
                await store.WalkAsync(queue, walk, cancellationToken);
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
}
