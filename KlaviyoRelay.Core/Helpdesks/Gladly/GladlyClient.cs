using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Looks customers up in Gladly.</summary>
public sealed class GladlyClient(HttpSender sender, GladlyApi api, GladlyConversations conversations) : IHelpdeskClient
{
    private const string Api = GladlyApi.Name;
    private const int MaxHops = 5;

    public string Helpdesk => GladlyHelpdesk.Id;

    public async Task<Result<FoundCustomer>> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken)
    {
        // A merged customer is answered with 301 and the new id in the body, and no Location; once per hop.
        for (var hop = 0; hop <= MaxHops; hop++)
        {
            using var answer = await sender.SendAsync(Get(connection, "customer-profiles", customerId), budget, cancellationToken);
            if (!answer.IsSuccess)
            {
                return answer.Failure;
            }

            if (answer.Value.StatusCode != HttpStatusCode.MovedPermanently)
            {
                return await ReadCustomerAsync(answer.Value, cancellationToken);
            }

            if ((await WellFormedJson.ReadAsync(answer.Value, GladlyJsonContext.Default.GladlyErrors, cancellationToken))?.MovedTo is not { Length: > 0 } moved)
            {
                return HelpdeskFailure.Unreadable(Api);
            }

            customerId = moved;
        }

        return HelpdeskFailure.Of(DeadLetterReason.CustomerNotFound, $"{Api} moved the customer more than {MaxHops} times.");
    }

    public Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken) =>
        conversations.AskAsync(connection, conversationEvent, budget, cancellationToken);

    private HttpCall Get(Connection connection, string resource, string id) => api.Get(connection, $"api/v1/{resource}/{Uri.EscapeDataString(id)}");

    private static async Task<Result<FoundCustomer>> ReadCustomerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return HelpdeskFailure.Of(Api, response);
        }

        return await WellFormedJson.ReadAsync(response, GladlyJsonContext.Default.GladlyCustomerProfile, cancellationToken) is { Id.Length: > 0 } profile
            ? new FoundCustomer([.. (profile.Emails ?? [])
                .Select(email => new CustomerEmail(email?.Normalized ?? email?.Original ?? "", email?.Primary ?? false, IsVerified: false))])
            : HelpdeskFailure.Unreadable(Api);
    }
}
