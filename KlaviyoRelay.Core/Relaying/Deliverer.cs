using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>The third stage of a batch: sends the events to Klaviyo, in order for each email.</summary>
internal sealed class Deliverer(KlaviyoClient klaviyo, RelayMetrics metrics)
{
    // Klaviyo answers in about 100 ms and takes 350 requests a second: more at once would only wait for the limit.
    private const int ParallelEmails = 32;

    public Task RunAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
        Task.WhenAll(deliveries
            .GroupBy(delivery => delivery.Account)
            .Select(account => DeliverAccountAsync(batch, account, cancellationToken)));

    private async Task DeliverAccountAsync(RelayBatch batch, IEnumerable<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var emails = deliveries
            .GroupBy(delivery => delivery.Email, StringComparer.OrdinalIgnoreCase)
            .Select(email => email.ToList())
            .ToList();

        // One alone first: if the key is refused, the others need not find that out each by itself.
        await DeliverEmailAsync(batch, emails[0], cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelEmails, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(emails.Skip(1), parallel, async (email, token) => await DeliverEmailAsync(batch, email, token));
    }

    /// <summary>Sends one email's events in order. When one has to wait, the later ones wait behind it.</summary>
    private async Task DeliverEmailAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        DeliveryFailure? waitsFor = null;
        foreach (var delivery in deliveries)
        {
            var failure = waitsFor ?? batch.RefusalOf(delivery.Account) ?? await SendAsync(batch, delivery, cancellationToken);
            if (failure is null)
            {
                batch.AddDelivered();
                metrics.Delivered(delivery.Account.Name);
                continue;
            }

            batch.Fail(delivery, failure);
            waitsFor = failure.IsTransient ? failure : null;
        }
    }

    private Task<DeliveryFailure?> SendAsync(RelayBatch batch, Delivery delivery, CancellationToken cancellationToken) =>
        klaviyo.CreateEventAsync(
            delivery.Account,
            new KlaviyoEvent(delivery.Connection, delivery.Message.Event, delivery.Email),
            batch.Budget,
            cancellationToken);
}
