using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>
/// The third stage of a batch: keeps what Klaviyo records, and where a connection may not create profiles, the emails
/// that Klaviyo knows.
/// </summary>
public sealed class ProfileFilter(KlaviyoClient klaviyo, WorkReport report, TimeProvider clock)
{
    public async Task<IReadOnlyList<Delivery>> RunAsync(RelayBatch batch, IReadOnlyList<Delivery> fannedOut, CancellationToken cancellationToken)
    {
        var deliveries = WithoutDropped(batch, fannedOut);
        if (deliveries.All(delivery => delivery.Connection.Options.CreateProfiles))
        {
            return deliveries;
        }

        var kept = new List<Delivery>();
        foreach (var account in deliveries.GroupBy(delivery => delivery.Account))
        {
            var search = await SearchAsync(batch, account.Key, account, cancellationToken);
            foreach (var delivery in account)
            {
                if (delivery.Connection.Options.CreateProfiles)
                {
                    kept.Add(delivery);
                }
                else
                {
                    Decide(batch, search, delivery, kept);
                }
            }
        }

        return kept;
    }

    /// <summary>Makes a new list only where something is dropped, which is rare.</summary>
    private IReadOnlyList<Delivery> WithoutDropped(RelayBatch batch, IReadOnlyList<Delivery> deliveries)
    {
        var now = clock.WallTime();
        if (deliveries.All(delivery => ReasonFor(delivery) is null))
        {
            return deliveries;
        }

        foreach (var dropped in deliveries)
        {
            if (ReasonFor(dropped) is { } reason)
            {
                Skip(batch, dropped, reason);
            }
        }

        return [.. deliveries.Where(delivery => ReasonFor(delivery) is null)];

        string? ReasonFor(Delivery delivery) => DroppedByKlaviyo.ReasonFor(delivery.Email, delivery.Message.Event.OccurredAt, now);
    }

    private void Skip(RelayBatch batch, Delivery delivery, string reason)
    {
        report.Skipped(delivery.Message, reason, 1);
        batch.AddSkipped(1);
    }

    private Task<Result<HashSet<string>>> SearchAsync(RelayBatch batch, KlaviyoAccount account, IEnumerable<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var emails = deliveries
            .Where(delivery => !delivery.Connection.Options.CreateProfiles)
            .Select(delivery => delivery.Email)
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return klaviyo.FindProfilesAsync(account, emails, batch.Budget, cancellationToken);
    }

    private void Decide(RelayBatch batch, Result<HashSet<string>> search, Delivery delivery, List<Delivery> kept)
    {
        if (!search.IsSuccess)
        {
            batch.FailSearch(delivery, search.Failure);
        }
        else if (search.Value.Contains(delivery.Email))
        {
            kept.Add(delivery);
        }
        else
        {
            Skip(batch, delivery, SkipReasons.NoProfile);
        }
    }
}
