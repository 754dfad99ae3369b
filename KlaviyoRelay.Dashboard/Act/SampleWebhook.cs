using System.Globalization;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Bodies of webhooks as Gladly and Kustomer send them (developer.gladly.com, developer.kustomer.com), cut to what matters.</summary>
internal static class SampleWebhook
{
    public const string Gladly = "gladly";
    public const string Kustomer = "kustomer";

    /// <summary>The body.</summary>
    /// <param name="what">One of <see cref="SampleAction"/>.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="id">The webhook's own id.</param>
    /// <param name="now">When it happened.</param>
    public static string Body(string what, SampleConversation conversation, string id, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return conversation.Helpdesk == Gladly ? OfGladly(what, conversation, id, time) : OfKustomer(what, conversation, id, time);
    }

    /// <summary>The conversation's status in the helpdesk afterwards.</summary>
    public static string Status(string what, SampleConversation conversation) => (conversation.Helpdesk, what) switch
    {
        (Gladly, SampleAction.Close) => "CLOSED",
        (Gladly, _) => "OPEN",
        (_, SampleAction.Open) => "open",
        _ => "done",
    };

    private static string OfGladly(string what, SampleConversation conversation, string id, string time)
    {
        var type = what switch { SampleAction.Close => "CLOSED", SampleAction.Reopen => "REOPENED", _ => "CREATED" };
        return $$"""
            {
              "id": "{{id}}", "type": "CONVERSATION/{{type}}", "timestamp": "{{time}}",
              "initiator": { "id": "simulated-agent", "type": "AGENT" },
              "content": { "customerId": "{{conversation.Customer}}", "conversationId": "{{conversation.Id}}", "context": {} }
            }
            """;
    }

    private static string OfKustomer(string what, SampleConversation conversation, string id, string time)
    {
        var rating = what == SampleAction.Rate
            ? $$"""{ "status": "rated", "rating": 5, "score": 1, "channel": "email", "form": "simulated-form", "formResponse": "{{conversation.Id}}", "sentAt": "{{time}}", "answers": [] }"""
            : "{}";
        var changes = what switch
        {
            SampleAction.Close => """{ "status": { "op": "replace", "before": "open", "after": "done" } }""",
            SampleAction.Rate => $$"""{ "satisfactionLevel": { "op": "replace", "before": { "status": "offered" }, "after": {{rating}} } }""",
            _ => "null",
        };
        return $$"""
            {
              "id": "{{id}}", "name": "kustomer.conversation.{{(what == SampleAction.Open ? "create" : "update")}}", "org": "simulated-org", "orgName": "acme",
              "data": {
                "type": "conversation", "id": "{{conversation.Id}}",
                "attributes": {
                  "name": "Where is my order?", "channels": ["email"], "status": "{{Status(what, conversation)}}", "direction": "in",
                  "satisfactionLevel": {{rating}}, "updatedAt": "{{time}}", "rev": 1
                },
                "relationships": { "customer": { "data": { "type": "customer", "id": "{{conversation.Customer}}" } } }
              },
              "createdAt": "{{time}}", "changes": { "attributes": {{changes}}, "relationships": {} }, "dataId": "{{conversation.Id}}"
            }
            """;
    }
}
