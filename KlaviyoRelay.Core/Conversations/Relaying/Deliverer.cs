using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// The last stage but one of a batch: brings the events to Klaviyo, in order for each email; one by one when few,
/// as bulk jobs when many, because Klaviyo takes 43 times as many of those.
/// </summary>
public sealed class Deliverer(KlaviyoClient klaviyo, BulkDeliverer bulk, WorkReport report, RelayMetrics metrics, Concurrency concurrency, DeliveryOptions options)
{
    // Klaviyo answers in about 100 ms and takes 350 requests a second: more at once would only wait for the limit.
    private const int ParallelEmails = 32;

    // A batch is of one session, and so of one account in all but rare cases.
    public Task RunAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
        Task.WhenAll(deliveries.GroupBy(delivery => delivery.Account).Select(account => RunAsync(batch, account.Key, [.. account], cancellationToken)));

    private Task RunAsync(RelayBatch batch, KlaviyoAccount account, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var emails = ByEmail(deliveries);
        var count = emails.Sum(email => email.Length);
        metrics.Duplicated(account.Name, DuplicateReasons.SameBatch, deliveries.Count - count);
        return options.BulkThreshold > 0 && count >= options.BulkThreshold
            ? bulk.RunAsync(batch, account, emails, cancellationToken)
            : RunSingleAsync(batch, account, emails, cancellationToken);
    }

    /// <summary>
    /// Each email's events in order. A webhook that was delivered twice can be in one batch twice, and a bulk job with a
    /// repeat would be refused, so repeats are left out. An event's id is of its email.
    /// </summary>
    private static IReadOnlyList<Delivery[]> ByEmail(IReadOnlyList<Delivery> deliveries)
    {
        var emails = new OrderedDictionary<string, Delivery[]>(deliveries.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var delivery in deliveries)
        {
            if (!emails.TryAdd(delivery.Email, [delivery], out var index))
            {
                emails.SetAt(index, With(emails.GetAt(index).Value, delivery));
            }
        }

        return [.. emails.Values];
    }

    private static Delivery[] With(Delivery[] earlier, Delivery delivery) =>
        Array.Exists(earlier, other => other.Event.UniqueId == delivery.Event.UniqueId) ? earlier : [.. earlier, delivery];

    private async Task RunSingleAsync(RelayBatch batch, KlaviyoAccount account, IReadOnlyList<Delivery[]> emails, CancellationToken cancellationToken)
    {
        // One alone first: if the key is refused, the others need not find that out each by itself.
        await RunEmailAsync(batch, account, emails[0], cancellationToken);
        await concurrency.ForEachAsync([.. emails.Skip(1)], ParallelEmails, (email, token) => RunEmailAsync(batch, account, email, token), cancellationToken);
    }

    /// <summary>Sends one email's events in order. When one has to wait, the later ones wait behind it.</summary>
    private async Task RunEmailAsync(RelayBatch batch, KlaviyoAccount account, Delivery[] deliveries, CancellationToken cancellationToken)
    {
        DeliveryFailure? waitsFor = null;
        foreach (var delivery in deliveries)
        {
            if ((waitsFor ?? batch.RefusalOf(account) ?? await SendAsync(batch, delivery, cancellationToken)) is not { } failure)
            {
                batch.AddDelivered();
                report.Delivered(account.Name, [(delivery.Message, delivery.Email)]);
                continue;
            }

            batch.Fail(delivery, failure);
            waitsFor = failure.IsTransient ? failure : null;
        }
    }

    private async Task<DeliveryFailure?> SendAsync(RelayBatch batch, Delivery delivery, CancellationToken cancellationToken)
    {
        using var activity = WorkTracing.For("deliver event", delivery.Message);
        var tries = new Tries(report.TriesOf(delivery.Message, delivery.Event));
        var failure = await klaviyo.CreateEventAsync(delivery.Account, delivery.Event, batch.Budget, cancellationToken, tries.Note);
        activity?.Ended(failure);
        if (tries.MayComeLate)
        {
            batch.LookAgain(delivery);
        }

        return failure;
    }
}
