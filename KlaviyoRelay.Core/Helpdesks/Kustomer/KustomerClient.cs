using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>Kustomer's REST API (developer.kustomer.com).</summary>
public sealed class KustomerClient(HttpSender sender, TimeProvider clock) : IHelpdeskClient
{
    private const string Api = "Kustomer";

    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.Ordinal);

    public string Helpdesk => KustomerHelpdesk.Id;

    public async Task<Result<FoundCustomer>> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken)
    {
        using var answer = await sender.SendAsync(Customer(connection, customerId), budget, cancellationToken);
        if (!answer.IsSuccess)
        {
            return answer.Failure;
        }

        return answer.Value.StatusCode == HttpStatusCode.OK
            ? await ReadAsync(answer.Value, connection.Options.Own<KustomerOptions>().SharedEmails, cancellationToken)
            : HelpdeskFailure.Of(Api, answer.Value);
    }

    /// <summary>By the customer's conversation counts: a customer can have several conversations at once.</summary>
    public async Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken)
    {
        var customer = await LookUpAsync(connection, conversationEvent.CustomerId, budget, cancellationToken);
        return customer.IsSuccess
            ? customer.Value.OpenConversations is { } open ? new ConversationState.Known(open > 0) : ConversationState.Unasked.Instance
            : customer.Failure.Reason == DeadLetterReason.CustomerNotFound ? ConversationState.Unknown.Instance : new ConversationState.Failed(customer.Failure);
    }

    public async Task<Result<CustomerState>> ReadCustomerAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken)
    {
        using var answer = await sender.SendAsync(Customer(connection, customerId), budget, cancellationToken);
        if (!answer.IsSuccess)
        {
            return answer.Failure;
        }

        if (answer.Value.StatusCode != HttpStatusCode.OK)
        {
            return HelpdeskFailure.Of(Api, answer.Value);
        }

        return await WellFormedJson.ReadAsync(answer.Value, KustomerJsonContext.Default.KustomerProfileDocument, cancellationToken) is { Data.Attributes: { Rev: { } rev } attributes }
            ? new CustomerState(rev, KustomerMapping.Of(connection).ProfileOf(attributes))
            : HelpdeskFailure.Unreadable(Api);
    }

    private HttpCall Customer(Connection connection, string customerId)
    {
        var options = connection.Options.Own<KustomerOptions>();
        var address = new Uri(BaseAddress.Of(options.BaseAddress), $"v1/customers/{Uri.EscapeDataString(customerId)}");
        var limiter = _limiters.GetOrAdd(connection.Name, _ => new RateLimiter(clock, new SlidingWindow(options.RequestsPerMinute, TimeSpan.FromMinutes(1))));
        return new HttpCall(Api, limiter, options.ApiKeySecret, key => new HttpRequestMessage(HttpMethod.Get, address)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        });
    }

    private static async Task<Result<FoundCustomer>> ReadAsync(HttpResponseMessage response, bool withShared, CancellationToken cancellationToken)
    {
        if ((await WellFormedJson.ReadAsync(response, KustomerJsonContext.Default.KustomerCustomer, cancellationToken))?.Data?.Attributes is not { } attributes)
        {
            return HelpdeskFailure.Unreadable(Api);
        }

        // Kustomer has no mark for a primary email; it lists the main one first.
        var own = (attributes.Emails ?? []).Select((email, index) => new CustomerEmail(email?.Email ?? "", IsPrimary: index == 0, email?.Verified ?? false));
        var shared = (withShared ? attributes.SharedEmails ?? [] : []).Select(email => new CustomerEmail(email?.Email ?? "", IsPrimary: false, email?.Verified ?? false));
        return new FoundCustomer(
            [.. own, .. shared],
            OpenConversations: attributes.ConversationCounts is { Open: { } open } counts ? open + (counts.Snoozed ?? 0) : null);
    }
}
