using System.Text.Json;
using KlaviyoRelay.Simulator.Helpdesks;
using KlaviyoRelay.Simulator.Http;

namespace KlaviyoRelay.Simulator.Gladly;

/// <summary>What Gladly writes, in the form of its REST reference.</summary>
internal static class GladlyDocuments
{
    private const int MaxListed = 100;
    private const string Long = "2025-11-02T10:00:00Z";

    public static Answer Profile(Customer customer) => JsonBytes.Answer(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("id", customer.Id);
        json.WriteString("name", customer.Name);
        json.WriteStartArray("emails");
        foreach (var email in customer.Emails)
        {
            json.WriteStartObject();
            json.WriteString("normalized", email.Address.ToLowerInvariant());
            json.WriteString("original", email.Address);
            if (email.Primary)
            {
                json.WriteBoolean("primary", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("phones");
        json.WriteEndArray();
        json.WriteStartObject("customAttributes");
        json.WriteEndObject();
        json.WriteString("createdAt", Long);
        json.WriteString("updatedAt", Long);
        json.WriteEndObject();
    });

    public static Answer Conversation(Conversation conversation) => JsonBytes.Answer(200, json => Write(json, conversation));

    /// <summary>Oldest first, 100 at most; a header tells that the newest are missing.</summary>
    public static Answer Conversations(IReadOnlyList<Conversation> conversations)
    {
        var answer = JsonBytes.Answer(200, json =>
        {
            json.WriteStartArray();
            foreach (var conversation in conversations.Take(MaxListed))
            {
                Write(json, conversation);
            }

            json.WriteEndArray();
        });
        return conversations.Count > MaxListed ? answer.With(new KeyValuePair<string, string>("Gladly-Limited-Data", "true")) : answer;
    }

    /// <summary>A merged customer: HTTP 301 with the new id in the body, and no Location header.</summary>
    public static Answer Moved(string oldId, string newId) => JsonBytes.Answer(301, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("attr", "customerId");
        json.WriteString("code", "moved");
        json.WriteString("detail", "customer id has changed");
        json.WriteStartObject("meta");
        json.WriteString("old", oldId);
        json.WriteString("new", newId);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Gladly documents this one with an object where its other errors have a list.</summary>
    public static Answer NotFound(string attribute) => JsonBytes.Answer(404, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("errors");
        json.WriteString("attr", attribute);
        json.WriteString("code", "not_exist");
        json.WriteString("detail", $"{attribute} does not exist");
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static Answer Error(int status, string code, string detail) => JsonBytes.Answer(status, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("detail", detail);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Conversation conversation)
    {
        json.WriteStartObject();
        json.WriteString("id", conversation.Id);
        json.WriteString("customerId", conversation.CustomerId);
        json.WriteString("inboxId", "simulated-inbox");
        json.WriteStartArray("topicIds");
        json.WriteEndArray();
        json.WriteStartArray("customAttributes");
        json.WriteEndArray();
        json.WriteString("createdAt", conversation.CreatedAt);
        if (conversation.Status == "CLOSED")
        {
            json.WriteString("closedAt", conversation.UpdatedAt);
        }

        json.WriteString("status", conversation.Status);
        json.WriteEndObject();
    }
}
