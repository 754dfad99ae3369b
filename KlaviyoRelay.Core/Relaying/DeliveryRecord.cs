using System.Globalization;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>
/// Counts what Klaviyo accepted, and knows the latest of it again: Klaviyo drops a repeat without a word, so this
/// memory is what the relay can say about repeats. It decides nothing.
/// </summary>
internal sealed class DeliveryRecord(RelayMetrics metrics, TimeProvider clock)
{
    /// <summary>How many deliveries are remembered, about 1 MB: a recovery repeats the last 20 minutes.</summary>
    public const int Size = 20_000;

    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _known = [];
    private readonly Queue<ulong> _order = new();

    public void Add(IEnumerable<Delivery> deliveries)
    {
        var now = clock.GetUtcNow();
        foreach (var delivery in deliveries)
        {
            var account = delivery.Account.Name;
            metrics.Delivered(account, delivery.Message, delivery.Email, now);
            if (!IsNew(BeginningOf(delivery.UniqueId)))
            {
                metrics.Duplicated(account, DuplicateReasons.SentAgain, 1);
            }
        }
    }

    // 64 bits of a hash tell 20,000 apart, and a number is no object that outlives its batch.
    private static ulong BeginningOf(string id) => ulong.Parse(id.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private bool IsNew(ulong id)
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
