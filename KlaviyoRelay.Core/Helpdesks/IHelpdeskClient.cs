using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.Relaying;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Asks a helpdesk who a customer is.</summary>
internal interface IHelpdeskClient
{
    HelpdeskKind Helpdesk { get; }

    /// <param name="connection">Whose address and credentials to use.</param>
    /// <param name="customerId">The helpdesk's id of the customer.</param>
    /// <param name="budget">The time that is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<CustomerLookup> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken);
}
