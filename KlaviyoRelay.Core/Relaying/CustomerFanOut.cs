using System.Collections.Concurrent;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Relaying;

/// <summary>The first stage of a batch: looks every customer up once and fans each event out to the customer's emails.</summary>
internal sealed class CustomerFanOut(
    ConnectionRegistry connections,
    KlaviyoAccounts accounts,
    IEnumerable<IHelpdeskClient> clients,
    RelayMetrics metrics)
{
    private const int ParallelLookups = 8;

    private readonly Dictionary<HelpdeskKind, IHelpdeskClient> _clients = clients.ToDictionary(client => client.Helpdesk);

    public async Task<IReadOnlyList<Delivery>> RunAsync(RelayBatch batch, IReadOnlyList<RelayMessage> messages, CancellationToken cancellationToken)
    {
        var customers = await LookUpAsync(batch, messages, cancellationToken);
        var deliveries = new List<Delivery>();
        foreach (var message in messages)
        {
            if (connections.Find(message.Event.Connection) is not { } connection || accounts.Find(message.Event.Account) is not { } account)
            {
                batch.Fail(message, new DeliveryFailure(
                    DeadLetterReason.NotConfigured,
                    $"The connection '{message.Event.Connection}' or the account '{message.Event.Account}' is no longer configured."));
            }
            else if (EmailsOf(batch, message, connection, customers) is { } emails)
            {
                var open = (customers.GetValueOrDefault(CustomerKey.Of(message)) as CustomerLookup.Found)?.OpenConversations;
                metrics.FannedOut(message, emails.Count);
                foreach (var email in emails)
                {
                    deliveries.Add(new Delivery(message, connection, account, email) { OpenConversations = open });
                }
            }
        }

        return deliveries;
    }

    private async Task<ConcurrentDictionary<CustomerKey, CustomerLookup>> LookUpAsync(
        RelayBatch batch, IReadOnlyList<RelayMessage> messages, CancellationToken cancellationToken)
    {
        var firstOfEach = messages
            .Where(message => message.Emails is null && connections.Find(message.Event.Connection) is not null)
            .DistinctBy(CustomerKey.Of);
        var customers = new ConcurrentDictionary<CustomerKey, CustomerLookup>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelLookups, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(firstOfEach, parallel, async (message, token) =>
        {
            if (connections.Find(message.Event.Connection) is { } connection)
            {
                customers[CustomerKey.Of(message)] = batch.LookUpRefusalOf(connection) is { } refusal
                    ? new CustomerLookup.Failed(refusal)
                    : await LookUpAsync(batch, connection, message, token);
            }
        });
        return customers;
    }

    private async Task<CustomerLookup> LookUpAsync(RelayBatch batch, Connection connection, RelayMessage message, CancellationToken cancellationToken)
    {
        using var activity = RelayTracing.For("look up customer", message);
        var lookup = await _clients[connection.Helpdesk].LookUpAsync(connection, message.Event.CustomerId, batch.Budget, cancellationToken);
        activity?.Ended((lookup as CustomerLookup.Failed)?.Failure);
        metrics.LookedUp(connection.Name, LookupOutcomes.Of(lookup));
        if (lookup is CustomerLookup.Failed { Failure: { Reason: DeadLetterReason.Unauthorized or DeadLetterReason.Forbidden } refusal })
        {
            batch.RefuseLookUps(connection, refusal);
        }

        return lookup;
    }

    /// <summary>The emails still to do; null when the customer could not be looked up.</summary>
    private IReadOnlyList<string>? EmailsOf(
        RelayBatch batch, RelayMessage message, Connection connection, ConcurrentDictionary<CustomerKey, CustomerLookup> customers)
    {
        if (message.Emails is { } remaining)
        {
            return remaining;
        }

        switch (customers[CustomerKey.Of(message)])
        {
            case CustomerLookup.Failed failed:
                batch.Fail(message, failed.Failure);
                return null;
            case CustomerLookup.Found found:
                var plan = FanOut.Plan(found.Emails, connection.Emails);
                CountSkipped(batch, message, plan);
                return plan.Emails;
            default:
                throw new InvalidOperationException("A helpdesk returned an unknown kind of look-up.");
        }
    }

    private void CountSkipped(RelayBatch batch, RelayMessage message, FanOutPlan plan)
    {
        if (plan.Skipped is { } skipped)
        {
            metrics.EmailsSkipped(message, skipped.Reason, skipped.Count);
            batch.AddSkipped(skipped.Count);
        }
    }

    private readonly record struct CustomerKey(string Connection, string Id)
    {
        public static CustomerKey Of(RelayMessage message) => new(message.Event.Connection, message.Event.CustomerId);
    }
}
