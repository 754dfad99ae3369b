using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks.Generic;

/// <summary>A generic helpdesk has no API that the relay knows: its webhooks say all there is.</summary>
public sealed class GenericClient : IHelpdeskClient
{
    public string Helpdesk => GenericHelpdesk.Id;

    /// <summary>Never finds anybody: the emails came with the webhook, so there is a question only when the connection was another helpdesk's then.</summary>
    public Task<Result<FoundCustomer>> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken) =>
        Task.FromResult<Result<FoundCustomer>>(HelpdeskFailure.Of(DeadLetterReason.CustomerNotFound, "The event carries no emails, and its connection has no API to ask."));

    public Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken) =>
        Task.FromResult<ConversationState>(ConversationState.Unasked.Instance);
}
