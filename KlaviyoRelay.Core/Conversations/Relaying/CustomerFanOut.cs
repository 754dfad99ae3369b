using System.Collections.Concurrent;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Conversations.Relaying;

/// <summary>The first stage of a batch: looks every customer up once and fans each event out to the customer's emails.</summary>
public sealed class CustomerFanOut(
    ConnectionRegistry connections,
    KlaviyoAccounts accounts,
    IEnumerable<IHelpdeskClient> clients,
    WorkReport report,
    RelayMetrics metrics,
    Concurrency concurrency)
{
    private const int ParallelLookups = 8;

    private readonly Dictionary<string, IHelpdeskClient> _clients = clients.ToDictionary(client => client.Helpdesk, StringComparer.Ordinal);

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
                continue;
            }

            var lookup = customers.GetValueOrDefault(CustomerKey.Of(message));
            if (EmailsOf(batch, message, connection, lookup) is { } emails)
            {
                report.FannedOut(message, emails.Count);
                deliveries.AddRange(Delivery.Of(message, connection, account, emails, lookup?.Value?.OpenConversations));
            }
        }

        return deliveries;
    }

    /// <summary>Each customer once, whose emails no message tells.</summary>
    private async Task<IReadOnlyDictionary<CustomerKey, Result<FoundCustomer>>> LookUpAsync(RelayBatch batch, IReadOnlyList<RelayMessage> messages, CancellationToken cancellationToken)
    {
        var firstOfEach = messages
            .Where(message => message.Emails is null && connections.Find(message.Event.Connection) is not null)
            .DistinctBy(CustomerKey.Of)
            .ToList();
        var lookups = new ConcurrentDictionary<CustomerKey, Result<FoundCustomer>>();
        await concurrency.ForEachAsync(firstOfEach, ParallelLookups, async (message, token) => lookups[CustomerKey.Of(message)] = await LookUpAsync(batch, message, token), cancellationToken);
        return lookups;
    }

    private async Task<Result<FoundCustomer>> LookUpAsync(RelayBatch batch, RelayMessage message, CancellationToken cancellationToken)
    {
        var connection = connections.Find(message.Event.Connection) ?? throw new InvalidOperationException("Only customers of known connections are looked up.");
        if (batch.LookUpRefusalOf(connection) is { } refused)
        {
            return refused;
        }

        using var activity = WorkTracing.For("look up customer", message);
        var lookup = await _clients[connection.Helpdesk.Name].LookUpAsync(connection, message.Event.CustomerId, batch.Budget, cancellationToken);
        activity?.Ended(lookup.Failure);
        metrics.LookedUp(connection.Name, LookupOutcomes.Of(lookup));
        if (lookup.Failure is { Reason: DeadLetterReason.Unauthorized or DeadLetterReason.Forbidden } refusal)
        {
            batch.RefuseLookUps(connection, refusal);
        }

        return lookup;
    }

    /// <summary>The emails still to do; null when the customer could not be looked up.</summary>
    private IReadOnlyList<string>? EmailsOf(RelayBatch batch, RelayMessage message, Connection connection, Result<FoundCustomer>? lookup)
    {
        if (message.Emails is { } remaining)
        {
            return remaining;
        }

        if (lookup is null)
        {
            throw new InvalidOperationException("A message without emails has a look-up.");
        }

        if (!lookup.IsSuccess)
        {
            batch.Fail(message, lookup.Failure);
            return null;
        }

        var plan = FanOut.Plan(lookup.Value.Emails, connection.Emails);
        CountSkipped(batch, message, plan);
        return plan.Emails;
    }

    private void CountSkipped(RelayBatch batch, RelayMessage message, FanOutPlan plan)
    {
        if (plan.Skipped is { } skipped)
        {
            report.Skipped(message, skipped.Reason, skipped.Count);
            batch.AddSkipped(skipped.Count);
        }
    }

    private readonly record struct CustomerKey(string Connection, string Id)
    {
        public static CustomerKey Of(RelayMessage message) => new(message.Event.Connection, message.Event.CustomerId);
    }
}
