namespace KlaviyoRelay.Simulator.Webhooks;

/// <summary>Writes webhooks as Gladly sends them (developer.gladly.com).</summary>
internal static class GladlyWebhooks
{
    public const string Created = "CREATED";
    public const string Closed = "CLOSED";
    public const string Reopened = "REOPENED";

    /// <param name="type">What happened, such as <see cref="Created"/>.</param>
    /// <param name="happened">The conversation, and when.</param>
    public static string Conversation(string type, Happening happened) => Conversation(type, happened, """ "context": { "assignee": { "inboxId": "simulated-inbox" } } """);

    public static string TopicAdded(Happening happened) => Conversation("TOPIC_ADDED", happened, """ "topicId": "simulated-topic" """);

    /// <summary>Gladly asks whether the receiver is there.</summary>
    public static string Ping(Happening happened) => $$"""{ "id": "{{happened.Id}}", "type": "PING", "timestamp": "{{happened.Time}}", "content": {} }""";

    private static string Conversation(string type, Happening happened, string rest) => $$"""
        {
          "id": "{{happened.Id}}", "type": "CONVERSATION/{{type}}", "timestamp": "{{happened.Time}}",
          "initiator": { "id": "simulated-agent", "type": "AGENT" },
          "content": { "customerId": "{{happened.Customer}}", "conversationId": "{{happened.Conversation}}",{{rest}}}
        }
        """;
}
