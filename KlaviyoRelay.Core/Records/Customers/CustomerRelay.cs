using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Records.Customers;

/// <summary>
/// Brings a helpdesk's customers to their profiles. The revision decides, and never the time: what is not newer than the
/// revision that was sent last is left out, and where none is known the helpdesk is asked for the customer.
/// </summary>
public sealed class CustomerRelay(ConnectionRegistry connections, IEnumerable<IHelpdeskClient> helpdesks, ICustomerRevisions revisions, CustomerSender sender, WorkReport report)
{
    // Why a change is left out, for a person who looks at it.
    private const string Superseded = "superseded";
    private const string SentBefore = "sent-before";
    private const string Deleted = "deleted-customer";

    /// <summary>Relays those messages of a batch that hold customers.</summary>
    /// <returns>Those that could not be done.</returns>
    public async Task<IReadOnlyList<FailedWork>> RelayAsync(IReadOnlyList<RelayMessage> messages, BatchBudget budget, CancellationToken cancellationToken)
    {
        var customers = messages
            .Select(message => (Message: message, (message.Payload as CustomerWork)?.Change))
            .Where(one => one.Change is not null)
            .GroupBy(one => (one.Change!.Connection, one.Change.CustomerId));
        var failed = new List<FailedWork>();
        foreach (var customer in customers)
        {
            var (message, change) = customer.MaxBy(one => one.Change!.Rev);
            foreach (var (older, _) in customer.Where(one => one.Change!.Rev < change!.Rev))
            {
                report.LeftOut(older, Superseded);
            }

            if (await RelayAsync(message, change!, budget, cancellationToken) is { } failure)
            {
                failed.Add(new FailedWork(message, failure));
            }
        }

        return failed;
    }

    private async Task<DeliveryFailure?> RelayAsync(RelayMessage message, CustomerChange change, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (budget.Left <= TimeSpan.Zero)
        {
            return new DeliveryFailure(DeadLetterReason.Throttled, "The batch's time was used up before it was tried.");
        }

        if (connections.Find(change.Connection) is not { } connection || helpdesks.FirstOrDefault(one => one.Helpdesk == connection.Helpdesk.Name) is not { } helpdesk)
        {
            return new DeliveryFailure(DeadLetterReason.NotConfigured, $"The connection '{change.Connection}' is no longer configured.");
        }

        var profile = change.Profile;
        if (profile?.Identifier is { } identifier)
        {
            var sent = await revisions.FindAsync(change.Connection, identifier, change.CustomerId, cancellationToken);
            if (!sent.IsSuccess)
            {
                return sent.Failure;
            }

            if (sent.Value.Rev >= change.Rev)
            {
                report.LeftOut(message, sent.Value.Rev == change.Rev ? SentBefore : Superseded);
                return null;
            }

            if (sent.Value.Rev is not null)
            {
                return await SendAsync(connection, message, change, new CustomerState(change.Rev, profile), budget, cancellationToken);
            }
        }

        var asked = await helpdesk.ReadCustomerAsync(connection, change.CustomerId, budget, cancellationToken);
        if (!asked.IsSuccess)
        {
            return asked.Failure;
        }

        // The helpdesk's answer can be older than its webhook.
        var state = asked.Value.Rev >= change.Rev ? asked.Value : profile is null ? null : new CustomerState(change.Rev, profile);
        return state is null
            ? new DeliveryFailure(DeadLetterReason.Unavailable, $"{connection.Helpdesk.Title} answered with an older revision of the customer than its webhook has.")
            : await SendAsync(connection, message, change, state, budget, cancellationToken);
    }

    private async Task<DeliveryFailure?> SendAsync(
        Connection connection, RelayMessage message, CustomerChange change, CustomerState state, BatchBudget budget, CancellationToken cancellationToken)
    {
        // Without a profile, the customer is deleted; without an identifier, there is none to write to.
        if (state.Profile is not { Identifier: { } identifier } profile)
        {
            report.LeftOut(message, state.Profile is null ? Deleted : SkipReasons.NoEmail);
            return null;
        }

        return await sender.SendAsync(message, CustomerRow.SyncOf(change, profile, connection.Options.CreateProfiles), profile, budget, cancellationToken)
            ?? await revisions.SaveAsync(change.Connection, identifier, change.CustomerId, state.Rev, cancellationToken);
    }
}
