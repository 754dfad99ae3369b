using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.LocalHost.DeadLetters;

/// <summary>Finds letters on the dead-letter queues, those that can be received and those that are held, and settles them.</summary>
internal sealed class DeadLetterBrowser(ILetterStore store)
{
    public Task<DeadLetterReport> FindAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => FindAsync(filter, choose: null, cancellationToken);

    /// <summary>Finds letters, the oldest first, whatever queue they are on.</summary>
    public async Task<DeadLetterReport> ListAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var reports = new List<DeadLetterReport>();
        foreach (var queue in filter.Queues.TakeWhile(_ => reports.TrueForAll(report => report.Error is null)))
        {
            // By queue, so that a full one does not hide what is on the other.
            reports.Add(await FindAsync(filter with { Queues = [queue] }, cancellationToken));
        }

        var letters = reports.SelectMany(report => report.Letters).OrderBy(found => found.Time).ToList();
        return new DeadLetterReport
        {
            Letters = [.. letters.Take(filter.Max ?? letters.Count)],
            Unreadable = reports.Sum(report => report.Unreadable),
            HasMore = letters.Count > filter.Max || reports.Exists(report => report.HasMore),
            Error = reports.Find(report => report.Error is not null)?.Error,
        };
    }

    public async Task<DeadLetterReport> ReleaseAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => await SettleAsync(
        await FindAsync(filter, found => found is FoundLetter { IsHeld: true }, cancellationToken), filter, found => found.Message.ReleaseAsync(), cancellationToken);

    /// <summary>
    /// Sends letters round again, and what Service Bus has put away back to its queue. It sends first and deletes then. When
    /// it ends between the two, the message is still there and can be sent again, which Klaviyo records once.
    /// </summary>
    public async Task<DeadLetterReport> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        await SettleAsync(await FindAsync(filter, cancellationToken), filter, found => found.Message.RedriveAsync(), cancellationToken);

    /// <summary>
    /// Does something with each letter that was found, after which its message is gone from the queue, or due. A letter that
    /// the relay writes meanwhile, because the event was refused again, stays. False means that the relay took it first.
    /// </summary>
    public async Task<DeadLetterReport> SettleAsync(
        DeadLetterReport found, DeadLetterFilter filter, Func<FoundMessage, Task<bool>> settle, CancellationToken cancellationToken)
    {
        if (found.Error is not null || found.Letters.Count == 0)
        {
            return found with { Letters = [] };
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
