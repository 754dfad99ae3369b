using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// The last stage but one of a batch: brings the events to Klaviyo, in order for each email; one by one when few,
/// as bulk jobs when many, because Klaviyo takes 43 times as many of those.
/// </summary>
internal sealed class Deliverer(SingleDelivery single, BulkDelivery bulk, RelayMetrics metrics, DeliveryOptions options)
{
    public Task RunAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
        Task.WhenAll(ByAccount(deliveries).Select(account => DeliverAsync(batch, account[0].Account, account, cancellationToken)));

    // A batch is of one session, and so of one account in all but rare cases.
    private static IEnumerable<IReadOnlyList<Delivery>> ByAccount(IReadOnlyList<Delivery> deliveries) =>
        deliveries.Count > 0 && deliveries.All(delivery => delivery.Account == deliveries[0].Account)
            ? [deliveries]
            : deliveries.GroupBy(delivery => delivery.Account).Select(account => account.ToList());

    private Task DeliverAsync(RelayBatch batch, KlaviyoAccount account, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var emails = EmailDeliveries.Of(deliveries);
        var count = emails.Sum(email => email.Deliveries.Length);
        metrics.Duplicated(account.Name, DuplicateReasons.SameBatch, deliveries.Count - count);
        var threshold = options.BulkThreshold;
        return threshold > 0 && count >= threshold
            ? bulk.RunAsync(batch, account, emails, cancellationToken)
            : single.RunAsync(batch, account, emails, cancellationToken);
    }
}
