using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Benchmarks.Relay;

/// <summary>Kustomer without HTTP, for the rows that measure what comes after the look-up.</summary>
internal sealed class InstantHelpdesk : IHelpdeskClient
{
    private readonly Dictionary<string, Task<Result<FoundCustomer>>> _customers = new(StringComparer.Ordinal);

    public string Helpdesk => "kustomer";

    /// <summary>Makes the answers beforehand, so that they cost nothing when they are asked for.</summary>
    public void Know(int firstConversation, int conversations)
    {
        _customers.Clear();
        foreach (var id in Enumerable.Range(firstConversation, conversations).Select(Workload.CustomerId))
        {
            _customers[id] = Task.FromResult<Result<FoundCustomer>>(new FoundCustomer(
                [.. Enumerable.Range(1, Workload.Emails).Select(number => new CustomerEmail(Workload.Email(id, number), IsPrimary: number == 1, IsVerified: true))],
                OpenConversations: 1));
        }
    }

    public Task<Result<FoundCustomer>> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken) => _customers[customerId];

    public Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken) =>
        Task.FromResult<ConversationState>(new ConversationState.Known(InConversation: true));
}
