using System.Text.Json.Nodes;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>A conversation that a helpdesk reports as created, just now.</summary>
internal sealed record Conversation(string Id, string CustomerId, bool IsGladly, IReadOnlyList<string> Emails)
{
    private readonly Happening _created = new($"event-{Id}", Id, CustomerId, TimeProvider.System.GetUtcNow()) { Subject = $"Secret subject {Id}" };

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

    public Task<HttpResponseMessage> PostAsync(WebhookSender webhooks, CancellationToken cancellationToken) => IsGladly
        ? webhooks.GladlyAsync(GladlyWebhooks.Conversation(GladlyWebhooks.Created, _created), cancellationToken)
        : webhooks.KustomerAsync(KustomerWebhooks.Created(_created), cancellationToken);

    private string Helpdesk => IsGladly ? "gladly" : "kustomer";
}
