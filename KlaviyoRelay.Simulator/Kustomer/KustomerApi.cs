using System.Globalization;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Kustomer;

/// <summary>Kustomer's REST API: customers, conversations, and which token this is.</summary>
internal sealed class KustomerApi(
    HelpdeskStores helpdesks, KeyTable keys, LimitTable limits, SimulatorSettings settings, TimeProvider time) : ISimulatedApi
{
    public const string ServiceName = "kustomer";
    private const string CustomerPath = "/v1/customers/";
    private const string ConversationPath = "/v1/conversations/";
    private const string TokenPath = "/v1/auth/tokens/current";
    private const string ReadCustomers = "org.permission.customer.read";
    private const string ReadConversations = "org.permission.conversation.read";

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
            return Find(request, key);
        }

        var outcome = limits.Take(string.Create(CultureInfo.InvariantCulture, $"{ServiceName} {limit}"), (limit, 60));
        var answer = outcome.Allowed ? Find(request, key) : KustomerDocuments.Error(429, "rate limit exceeded");
        var reset = time.GetUtcNow().ToUnixTimeSeconds() + outcome.ResetSeconds;
        return answer.With(
            new("x-ratelimit-limit", outcome.Limit.ToString(CultureInfo.InvariantCulture)),
            new("x-ratelimit-remaining", outcome.Remaining.ToString(CultureInfo.InvariantCulture)),
            new("x-ratelimit-reset", reset.ToString(CultureInfo.InvariantCulture)));
    }

    private Answer Find(SimulatedRequest request, string key) => request switch
    {
        // Any valid key may ask this, whatever its roles.
        { Method: "GET", Path: TokenPath } => KustomerDocuments.Token(),
        { Method: "GET" } when request.Path.StartsWith(CustomerPath, StringComparison.Ordinal) =>
            keys.HasScope(key, ReadCustomers) ? Customer(request.Path[CustomerPath.Length..]) : MissingRole,
        { Method: "GET" } when request.Path.StartsWith(ConversationPath, StringComparison.Ordinal) =>
            keys.HasScope(key, ReadConversations) ? Conversation(request.Path[ConversationPath.Length..]) : MissingRole,
        _ => NotFound,
    };

    private Answer Conversation(string id) =>
        helpdesks.Kustomer.FindConversation(id) is { } conversation ? KustomerDocuments.Conversation(conversation) : NotFound;

    // What Kustomer answers for a merged-away customer is not documented; not found is the careful guess.
    private Answer Customer(string id) => helpdesks.Kustomer.FindCustomer(id) is { MovedTo: null } customer
        ? KustomerDocuments.Customer(customer, helpdesks.Kustomer.ConversationsOf(id))
        : NotFound;

    private static Answer NotFound => KustomerDocuments.Error(404, "not found");

    private static Answer MissingRole => KustomerDocuments.Error(403, "forbidden");
}
