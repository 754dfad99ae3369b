using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>
/// Counts what Klaviyo accepted, and knows the latest of it again: Klaviyo drops a repeat without a word, so this
/// memory is what the relay can say about repeats. It decides nothing.
/// </summary>
internal sealed class DeliveryRecord(RelayMetrics metrics, TimeProvider clock)
{
    /// <summary>How many deliveries are remembered, about 4 MB: a recovery repeats the last 20 minutes.</summary>
    public const int Size = 20_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(Delivery delivery)
    {
        var account = delivery.Account.Name;
        metrics.Delivered(account, delivery.Message, delivery.Email, clock.GetUtcNow());
        if (!IsNew(delivery.UniqueId))
        {
            metrics.Duplicated(account, DuplicateReasons.SentAgain, 1);
        }
    }

    private bool IsNew(string id)
    {
        lock (_lock)
        {
            if (!_known.Add(id))
            {
                return false;
            }

            _order.Enqueue(id);
            if (_order.Count > Size)
            {
                _known.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
