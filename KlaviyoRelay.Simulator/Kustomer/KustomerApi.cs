using System.Globalization;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Kustomer;

/// <summary>Kustomer's REST API: customers and conversations.</summary>
internal sealed class KustomerApi(
    HelpdeskStores helpdesks, KeyTable keys, LimitTable limits, SimulatorSettings settings, TimeProvider time) : ISimulatedApi
{
    public const string ServiceName = "kustomer";
    private const string CustomerPath = "/v1/customers/";
    private const string ConversationPath = "/v1/conversations/";

    public string Name => ServiceName;

    public string? PresentedKey(IHeaderDictionary headers)
    {
        const string scheme = "Bearer ";
        return headers.Authorization is [{ } value, ..] && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && value[scheme.Length..].Trim() is { Length: > 0 } key
            ? key
            : null;
    }

    public Answer Handle(SimulatedRequest request)
    {
        if (PresentedKey(request.Headers) is not { } key || keys.IsRevoked(key))
        {
            return KustomerDocuments.Error(401, "unauthorized");
        }

        if (settings.Current.KustomerLimit is not (> 0 and var limit))
        {
            return Find(request);
        }

        var outcome = limits.Take(string.Create(CultureInfo.InvariantCulture, $"{ServiceName} {limit}"), (limit, 60));
        var answer = outcome.Allowed ? Find(request) : KustomerDocuments.Error(429, "rate limit exceeded");
        var reset = time.GetUtcNow().ToUnixTimeSeconds() + outcome.ResetSeconds;
        return answer.With(
            new("x-ratelimit-limit", outcome.Limit.ToString(CultureInfo.InvariantCulture)),
            new("x-ratelimit-remaining", outcome.Remaining.ToString(CultureInfo.InvariantCulture)),
            new("x-ratelimit-reset", reset.ToString(CultureInfo.InvariantCulture)));
    }

    private Answer Find(SimulatedRequest request)
    {
        if (request.Method == "GET" && request.Path.StartsWith(CustomerPath, StringComparison.Ordinal))
        {
            return Customer(request.Path[CustomerPath.Length..]);
        }

        return request.Method == "GET" && request.Path.StartsWith(ConversationPath, StringComparison.Ordinal)
            && helpdesks.Kustomer.FindConversation(request.Path[ConversationPath.Length..]) is { } conversation
            ? KustomerDocuments.Conversation(conversation)
            : KustomerDocuments.Error(404, "not found");
    }

    // What Kustomer answers for a merged-away customer is not documented; not found is the careful guess.
    private Answer Customer(string id) => helpdesks.Kustomer.FindCustomer(id) is { MovedTo: null } customer
        ? KustomerDocuments.Customer(customer, helpdesks.Kustomer.ConversationsOf(id))
        : KustomerDocuments.Error(404, "not found");
}
