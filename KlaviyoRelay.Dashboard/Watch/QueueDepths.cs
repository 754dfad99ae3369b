using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;

namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>How many messages the queues hold. Asked for only while a page is open, and once a second for all who do.</summary>
internal sealed class QueueDepths(AzuriteQueueClient client, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(900);

    // The rest of the page must not stand still because the queues do not answer, and it says so when a tick comes 1.5 s late.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.3);

    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset _readAt;
    private (int? Queued, int? Throttled, int? Rejected) _last;

    /// <summary>Nulls when the queues can't be reached.</summary>
    public async Task<(int? Queued, int? Throttled, int? Rejected)> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (clock.SteadyNow() - _readAt >= Freshness)
            {
                _last = await AskAsync(cancellationToken);
                _readAt = clock.SteadyNow();
            }

            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<(int? Queued, int? Throttled, int? Rejected)> AskAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return (
                await SessionQueues.CountAsync(client, QueueNames.ConversationEvents, patience.Token),
                await client.CountAsync(QueueNames.DeadLetterThrottled, patience.Token),
                await client.CountIfExistsAsync(QueueNames.DeadLetterRejected, patience.Token));
        }
        catch (Exception exception) when (exception is QueueUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, null, null);
        }
    }
}
