using System.Globalization;
using System.Text;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Keys;
using KlaviyoRelay.Simulator.Limits;

namespace KlaviyoRelay.Simulator.Gladly;

/// <summary>Gladly's REST API: customer profiles, conversations, and the events of the last day.</summary>
internal sealed class GladlyApi(
    HelpdeskStores helpdesks, GladlyEvents events, KeyTable keys, LimitTable limits, SimulatorSettings settings, TimeProvider time)
    : ISimulatedApi
{
    public const string ServiceName = "gladly";
    private const string ProfilePath = "/api/v1/customer-profiles/";
    private const string CustomerPath = "/api/v1/customers/";
    private const string CustomerConversations = "/conversations";
    private const string ConversationPath = "/api/v1/conversations/";
    private const string EventsPath = "/api/v1/events";
    private const int RequestsPerSecond = 10;

    public string Name => ServiceName;

    /// <summary>The API token, which is the password of HTTP Basic; the user is the agent's address.</summary>
    public string? PresentedKey(IHeaderDictionary headers)
    {
        const string scheme = "Basic ";
        if (headers.Authorization is not [{ } value, ..] || !value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value[scheme.Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        var credentials = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < credentials.Length - 1 ? credentials[(colon + 1)..] : null;
    }

    public Answer Handle(SimulatedRequest request)
    {
        if (PresentedKey(request.Headers) is not { } token || keys.IsRevoked(token))
        {
            return GladlyDocuments.Error(401, "unauthorized", "invalid credentials");
        }

        if (!settings.Current.GladlyLimit)
        {
            return Find(request);
        }

        var outcome = limits.Take($"{ServiceName} {request.Method}", (RequestsPerSecond, 1));
        var answer = outcome.Allowed ? Find(request) : GladlyDocuments.Error(429, "rate_limited", "too many requests");
        return answer.With(
            new("Ratelimit-Limit-Second", RequestsPerSecond.ToString(CultureInfo.InvariantCulture)),
            new("Ratelimit-Remaining-Second", outcome.Remaining.ToString(CultureInfo.InvariantCulture)));
    }

    private Answer Find(SimulatedRequest request)
    {
        if (request is { Method: "GET", Path: EventsPath })
        {
            return events.Answer(request.Query, time.GetUtcNow());
        }

        if (request.Method == "GET" && request.Path.StartsWith(ProfilePath, StringComparison.Ordinal))
        {
            return Profile(request.Path[ProfilePath.Length..]);
        }

        if (request.Method == "GET" && request.Path.StartsWith(CustomerPath, StringComparison.Ordinal) && request.Path.EndsWith(CustomerConversations, StringComparison.Ordinal))
        {
            return Conversations(request.Path[CustomerPath.Length..^CustomerConversations.Length]);
        }

        return request.Method == "GET" && request.Path.StartsWith(ConversationPath, StringComparison.Ordinal)
            ? Conversation(request.Path[ConversationPath.Length..])
            : GladlyDocuments.NotFound("path");
    }

    private Answer Conversations(string id) => helpdesks.Gladly.FindCustomer(id) switch
    {
        null => GladlyDocuments.NotFound("customerId"),
        { MovedTo: { } target } => GladlyDocuments.Moved(id, target),
        _ => GladlyDocuments.Conversations(helpdesks.Gladly.ConversationsOf(id)),
    };

    private Answer Profile(string id) => helpdesks.Gladly.FindCustomer(id) switch
    {
        null => GladlyDocuments.NotFound("customerId"),
        { MovedTo: { } target } => GladlyDocuments.Moved(id, target),
        var customer => GladlyDocuments.Profile(customer),
    };

    private Answer Conversation(string id) => helpdesks.Gladly.FindConversation(id) is { } conversation
        ? GladlyDocuments.Conversation(conversation)
        : GladlyDocuments.NotFound("conversationId");
}
