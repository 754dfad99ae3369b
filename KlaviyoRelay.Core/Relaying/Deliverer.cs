using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>
/// The last stage but one of a batch: brings the events to Klaviyo, in order for each email; one by one when few,
/// as bulk jobs when many, because Klaviyo takes 43 times as many of those.
/// </summary>
internal sealed class Deliverer(SingleDelivery single, BulkDelivery bulk, RelayMetrics metrics, IOptions<RelayOptions> options)
{
    public Task RunAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
        Task.WhenAll(deliveries
            .GroupBy(delivery => delivery.Account)
            .Select(account => DeliverAsync(batch, account.Key, [.. account], cancellationToken)));

    private Task DeliverAsync(RelayBatch batch, KlaviyoAccount account, IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellationToken)
    {
        // A webhook that was delivered twice can be in one batch twice; a bulk job with a repeat would be refused.
        var distinct = deliveries.DistinctBy(delivery => delivery.UniqueId).ToList();
        metrics.Duplicated(account.Name, DuplicateReasons.SameBatch, deliveries.Count - distinct.Count);
        var emails = distinct
            .GroupBy(delivery => delivery.Email, StringComparer.OrdinalIgnoreCase)
            .Select(email => new EmailDeliveries(email.Key, [.. email]))
            .ToList();
        var threshold = options.Value.Delivery.BulkThreshold;
        return threshold > 0 && distinct.Count >= threshold
            ? bulk.RunAsync(batch, account, emails, cancellationToken)
            : single.RunAsync(batch, account, emails, cancellationToken);
    }
}
