using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>
/// Counts what Klaviyo accepted, and knows the latest of it again: Klaviyo drops a repeat without a word, so this
/// memory is what the relay can say about repeats. It decides nothing.
/// </summary>
internal sealed class DeliveryRecord(RelayMetrics metrics, TimeProvider clock)
{
    /// <summary>At least so many deliveries are remembered, and at most twice as many, about 1 MB: a recovery repeats the last 20 minutes.</summary>
    public const int Size = 20_000;

    private readonly Lock _lock = new();

    // Two generations: when the younger one is full, the older one is forgotten as a whole and becomes the younger.
    private HashSet<ulong> _younger = [];
    private HashSet<ulong> _older = [];

    /// <summary>Klaviyo accepted these.</summary>
    public void Add(KlaviyoAccount account, IReadOnlyCollection<Delivery> deliveries)
    {
        metrics.Delivered(account.Name, deliveries, clock.GetUtcNow());
        metrics.Duplicated(account.Name, DuplicateReasons.SentAgain, deliveries.Count - CountNew(deliveries));
    }

    private int CountNew(IEnumerable<Delivery> deliveries)
    {
        var count = 0;
        lock (_lock)
        {
            foreach (var delivery in deliveries)
            {
                // 64 bits of a hash tell them apart, and a number is no object that outlives its batch.
                count += IsNew(delivery.UniqueId.Beginning) ? 1 : 0;
            }
        }

        return count;
    }

    private bool IsNew(ulong id)
    {
        if (_older.Contains(id) || !_younger.Add(id))
        {
            return false;
        }

        if (_younger.Count >= Size)
        {
            (_younger, _older) = (_older, _younger);
            _younger.Clear();
        }

        return true;
    }
}
