using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>What one email gets, in order.</summary>
internal readonly record struct EmailDeliveries(string Email, Delivery[] Deliveries)
{
    /// <summary>
    /// Puts together what is of one email, in whatever case; emails in the order of their first. A webhook that was
    /// delivered twice can be in one batch twice, and a bulk job with a repeat would be refused: repeats are left out.
    /// </summary>
    public static IReadOnlyList<EmailDeliveries> Of(IReadOnlyList<Delivery> deliveries)
    {
        var emails = new List<EmailDeliveries>(deliveries.Count);
        var indexes = new Dictionary<string, int>(deliveries.Count, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<UniqueId>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            if (!seen.Add(delivery.UniqueId))
            {
                continue;
            }

            if (indexes.TryAdd(delivery.Email, emails.Count))
            {
                emails.Add(new EmailDeliveries(delivery.Email, [delivery]));
            }
            else
            {
                var index = indexes[delivery.Email];
                emails[index] = emails[index].With(delivery);
            }
        }

        return emails;
    }

    // Copies them all, for the few emails that have more than one.
    private EmailDeliveries With(Delivery delivery) => this with { Deliveries = [.. Deliveries, delivery] };
}
