using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Insights;

/// <summary>
/// Asks the helpdesk for a customer's emails, with the relay's own key: with a card's token one can ask for customers of that helpdesk
/// only, and for no other address. The emails are those that events go to.
/// </summary>
public sealed class CustomerEmails(InsightCache cache, IEnumerable<IHelpdeskClient> clients)
{
    private readonly Dictionary<string, IHelpdeskClient> _clients = clients.ToDictionary(client => client.Helpdesk, StringComparer.Ordinal);

    /// <summary>The valid emails in lower case; none when the customer has none.</summary>
    public Task<Reading<IReadOnlyList<string>>> ReadAsync(Connection connection, string customer, BatchBudget budget) =>
        cache.GetAsync<IReadOnlyList<string>>($"customer/{connection.Name}/{customer}", InsightCache.Fresh, async () =>
        {
            var found = await _clients[connection.Helpdesk.Name].LookUpAsync(connection, customer, budget, CancellationToken.None);
            return found.IsSuccess
                ? Result.Of<IReadOnlyList<string>>([.. FanOut.Plan(found.Value.Emails, connection.Emails).Emails.Select(email => email.ToLowerInvariant()).Distinct(StringComparer.Ordinal)])
                : Result.Failed<IReadOnlyList<string>>(found.Failure);
        });
}
