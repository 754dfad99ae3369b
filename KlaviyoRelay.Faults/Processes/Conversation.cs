using System.Globalization;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>A conversation that a helpdesk reports as created, just now.</summary>
internal sealed record Conversation(string Id, string CustomerId, bool IsGladly, IReadOnlyList<string> Emails)
{
    private readonly string _createdAt = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public string Metric { get; init; } = IsGladly ? "started conversation in Gladly" : "Kustomer Conversation Create";

    /// <summary>What must be recorded for it.</summary>
    public IEnumerable<(string Metric, string Email)> Events => Emails.Select(email => (Metric, email));

    public JsonObject Customer => new()
    {
        ["helpdesk"] = Helpdesk,
        ["id"] = CustomerId,
        ["name"] = $"Customer {CustomerId}",
        ["emails"] = new JsonArray([.. Emails.Select(email => (JsonNode)new JsonObject { ["email"] = email })]),
    };

    public JsonObject Stored => new()
    {
        ["helpdesk"] = Helpdesk,
        ["id"] = Id,
        ["customerId"] = CustomerId,
        ["status"] = IsGladly ? "OPEN" : "open",
    };

    public Task<HttpResponseMessage> PostAsync(WebhookSender webhooks, CancellationToken cancellationToken) =>
        IsGladly ? webhooks.GladlyAsync(Gladly, cancellationToken) : webhooks.KustomerAsync(Kustomer, cancellationToken);

    private string Helpdesk => IsGladly ? "gladly" : "kustomer";

    private string Gladly =>
        $$$"""{"id":"event-{{{Id}}}","type":"CONVERSATION/CREATED","timestamp":"{{{_createdAt}}}","content":{"customerId":"{{{CustomerId}}}","conversationId":"{{{Id}}}"}}""";

    private string Kustomer =>
        $$$$"""{"id":"event-{{{{Id}}}}","name":"kustomer.conversation.create","orgName":"acme","createdAt":"{{{{_createdAt}}}}","changes":null,"data":{"type":"conversation","id":"{{{{Id}}}}","attributes":{"name":"Secret subject {{{{Id}}}}","status":"open"},"relationships":{"customer":{"data":{"type":"customer","id":"{{{{CustomerId}}}}"} } } } }""";
}
