using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// Counts what Klaviyo accepted, and knows the latest of it again: Klaviyo drops a repeat without a word, so this
/// memory is what the relay can say about repeats. It decides nothing.
/// </summary>
internal sealed class DeliveryRecord(WorkReport report, RelayMetrics metrics, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly RecentIds _recent = new();

    /// <summary>Klaviyo accepted these.</summary>
    public void Add(KlaviyoAccount account, IReadOnlyCollection<Delivery> deliveries)
    {
        var now = clock.WallTime();
        metrics.Delivered(account.Name, deliveries.Count);
        foreach (var delivery in deliveries)
        {
            report.Delivered(account.Name, delivery.Message, delivery.Email, now);
        }

        metrics.Duplicated(account.Name, DuplicateReasons.SentAgain, deliveries.Count - CountNew(deliveries));
    }

    private int CountNew(IEnumerable<Delivery> deliveries)
    {
        var count = 0;
        lock (_lock)
        {
            foreach (var delivery in deliveries)
            {
                count += _recent.Add(delivery.UniqueId.Beginning) ? 1 : 0;
            }
        }

        return count;
    }
}
