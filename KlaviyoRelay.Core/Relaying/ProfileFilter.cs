using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>The third stage of a batch: where a connection may not create profiles, keeps the emails that Klaviyo knows.</summary>
internal sealed class ProfileFilter(KlaviyoClient klaviyo, RelayMetrics metrics)
{
    public async Task<IReadOnlyList<Delivery>> RunAsync(RelayBatch batch, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
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

    private Task<ProfileSearch> SearchAsync(RelayBatch batch, KlaviyoAccount account, IEnumerable<Delivery> deliveries, CancellationToken cancellationToken)
    {
        var emails = deliveries
            .Where(delivery => !delivery.Connection.Options.CreateProfiles)
            .Select(delivery => delivery.Email)
            .Distinct(StringComparer.OrdinalIgnoreCase);
        return klaviyo.FindProfilesAsync(account, emails, batch.Budget, cancellationToken);
    }

    private void Decide(RelayBatch batch, ProfileSearch search, Delivery delivery, List<Delivery> kept)
    {
        switch (search)
        {
            case ProfileSearch.Failed failed:
                batch.FailSearch(delivery, failed.Failure);
                break;
            case ProfileSearch.Found found when found.Emails.Contains(delivery.Email):
                kept.Add(delivery);
                break;
            default:
                metrics.EmailsSkipped(delivery.Message, SkipReasons.NoProfile, 1);
                batch.AddSkipped(1);
                break;
        }
    }
}
