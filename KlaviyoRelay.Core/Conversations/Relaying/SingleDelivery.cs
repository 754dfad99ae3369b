using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>Sends one request per event.</summary>
internal sealed class SingleDelivery(KlaviyoClient klaviyo, DeliveryRecord record)
{
    // Klaviyo answers in about 100 ms and takes 350 requests a second: more at once would only wait for the limit.
    private const int ParallelEmails = 32;

    public async Task RunAsync(RelayBatch batch, KlaviyoAccount account, IReadOnlyList<EmailDeliveries> emails, CancellationToken cancellationToken)
    {
        // One alone first: if the key is refused, the others need not find that out each by itself.
        await DeliverEmailAsync(batch, account, emails[0], cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelEmails, CancellationToken = cancellationToken };
        await Parallel.ForAsync(1, emails.Count, parallel, (index, token) => new ValueTask(DeliverEmailAsync(batch, account, emails[index], token)));
    }

    /// <summary>Sends one email's events in order. When one has to wait, the later ones wait behind it.</summary>
    private async Task DeliverEmailAsync(RelayBatch batch, KlaviyoAccount account, EmailDeliveries email, CancellationToken cancellationToken)
    {
        DeliveryFailure? waitsFor = null;
        foreach (var delivery in email.Deliveries)
        {
            var failure = waitsFor ?? batch.RefusalOf(account);
            if (failure is null)
            {
                using var activity = WorkTracing.For("deliver event", delivery.Message);
                failure = await klaviyo.CreateEventAsync(account, delivery, batch.Budget, cancellationToken);
                activity?.Ended(failure);
            }

            if (failure is null)
            {
                batch.AddDelivered();
                record.Add(account, [delivery]);
                continue;
            }

            batch.Fail(delivery, failure);
            waitsFor = failure.IsTransient ? failure : null;
        }
    }
}
