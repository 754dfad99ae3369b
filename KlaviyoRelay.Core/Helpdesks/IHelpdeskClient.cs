using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks;

/// <summary>Asks a helpdesk who a customer is, and whether they are in a conversation.</summary>
public interface IHelpdeskClient
{
    /// <summary>The helpdesk's <see cref="IHelpdesk.Name"/>.</summary>
    string Helpdesk { get; }

    /// <param name="connection">Whose address and credentials to use.</param>
    /// <param name="customerId">The helpdesk's id of the customer.</param>
    Task<Result<FoundCustomer>> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken);

    /// <summary>What is true of the customer's conversations now, whatever the event said when it happened.</summary>
    /// <param name="connection">Whose address and credentials to use.</param>
    /// <param name="conversationEvent">The event whose customer and conversation are asked about.</param>
    Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken);

    /// <summary>What of a customer goes to Klaviyo now, for a helpdesk that tells of customers.</summary>
    /// <param name="connection">Whose address and credentials to use.</param>
    /// <param name="customerId">The helpdesk's id of the customer.</param>
    Task<Result<CustomerState>> ReadCustomerAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken) =>
        Task.FromResult<Result<CustomerState>>(HelpdeskFailure.Of(DeadLetterReason.NotConfigured, $"{Helpdesk} does not tell of customers."));
}
