using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>Kustomer's REST API (developer.kustomer.com).</summary>
public sealed class KustomerClient(HttpSender sender, TimeProvider clock) : IHelpdeskClient
{
    private const string Api = "Kustomer";

    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.Ordinal);

    public string Helpdesk => KustomerHelpdesk.Id;

    public async Task<CustomerLookup> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken)
    {
        using var answer = await sender.SendAsync(Customer(connection, customerId), budget, cancellationToken);
        if (!answer.IsAnswered)
        {
            return new CustomerLookup.Failed(answer.Failure);
        }

        return answer.Response.StatusCode == HttpStatusCode.OK
            ? await ReadAsync(answer.Response, connection.Options.Own<KustomerOptions>().SharedEmails, cancellationToken)
            : HelpdeskFailure.Of(Api, answer.Response);
    }

    /// <summary>By the customer's conversation counts: a customer can have several conversations at once.</summary>
    public async Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken) =>
        await LookUpAsync(connection, conversationEvent.CustomerId, budget, cancellationToken) switch
        {
            CustomerLookup.Found { OpenConversations: { } open } => new ConversationState.Known(open > 0),
            CustomerLookup.Found => ConversationState.Unasked.Instance,
            CustomerLookup.Failed { Failure.Reason: DeadLetterReason.CustomerNotFound } => ConversationState.Unknown.Instance,
            CustomerLookup.Failed failed => new ConversationState.Failed(failed.Failure),
            _ => throw new InvalidOperationException("A look-up has an unknown kind of result."),
        };

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

    private static async Task<CustomerLookup> ReadAsync(HttpResponseMessage response, bool withShared, CancellationToken cancellationToken)
    {
        try
        {
            var customer = JsonSerializer.Deserialize(WellFormedJson.Of(await response.Content.ReadAsByteArrayAsync(cancellationToken)), KustomerJsonContext.Default.KustomerCustomer);
            if (customer?.Data?.Attributes is not { } attributes)
            {
                return HelpdeskFailure.Unreadable(Api);
            }

            // Kustomer has no mark for a primary email; it lists the main one first.
            var own = (attributes.Emails ?? []).Select((email, index) => new CustomerEmail(email?.Email ?? "", IsPrimary: index == 0, email?.Verified ?? false));
            var shared = (withShared ? attributes.SharedEmails ?? [] : []).Select(email => new CustomerEmail(email?.Email ?? "", IsPrimary: false, email?.Verified ?? false));
            return new CustomerLookup.Found(
                [.. own, .. shared],
                OpenConversations: attributes.ConversationCounts is { Open: { } open } counts ? open + (counts.Snoozed ?? 0) : null);
        }
        catch (JsonException)
        {
            return HelpdeskFailure.Unreadable(Api);
        }
    }
}
