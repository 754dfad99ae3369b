using System.Net;
using System.Text.Json;
using KlaviyoRelay.Core.Connections;
using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Relaying;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>Looks customers up in Gladly.</summary>
internal sealed class GladlyClient(HttpSender sender, GladlyApi api) : IHelpdeskClient
{
    private const string Api = GladlyApi.Name;
    private const int MaxHops = 5;

    public HelpdeskKind Helpdesk => HelpdeskKind.Gladly;

    public async Task<CustomerLookup> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken)
    {
        // A merged customer is answered with 301 and the new id in the body, and no Location; once per hop.
        for (var hop = 0; hop <= MaxHops; hop++)
        {
            using var answer = await sender.SendAsync(api.Get(connection, $"api/v1/customer-profiles/{Uri.EscapeDataString(customerId)}"), budget, cancellationToken);
            if (!answer.IsAnswered)
            {
                return new CustomerLookup.Failed(answer.Failure);
            }

            if (answer.Response.StatusCode != HttpStatusCode.MovedPermanently)
            {
                return await ReadAsync(answer.Response, cancellationToken);
            }

            if (await MovedToAsync(answer.Response, cancellationToken) is not { Length: > 0 } moved)
            {
                return HelpdeskFailure.Unreadable(Api);
            }

            customerId = moved;
        }

        return HelpdeskFailure.Of(DeadLetterReason.CustomerNotFound, $"{Api} moved the customer more than {MaxHops} times.");
    }

    private static async Task<CustomerLookup> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return HelpdeskFailure.Of(Api, response);
        }

        try
        {
            var profile = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), GladlyJsonContext.Default.GladlyCustomerProfile);
            return new CustomerLookup.Found([.. (profile?.Emails ?? [])
                .Select(email => new CustomerEmail(email?.Normalized ?? email?.Original ?? "", email?.Primary ?? false, IsVerified: false))]);
        }
        catch (JsonException)
        {
            return HelpdeskFailure.Unreadable(Api);
        }
    }

    private static async Task<string?> MovedToAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), GladlyJsonContext.Default.GladlyErrors)?.MovedTo;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
