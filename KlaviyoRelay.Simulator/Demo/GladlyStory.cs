using KlaviyoRelay.Simulator.Gladly;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The Gladly half of the demo.</summary>
internal sealed class GladlyStory(DemoRun run, SeededAddresses addresses)
{
    private const string Property = "In Gladly Conversation";

    public IEnumerable<DemoStep> Steps()
    {
        yield return Ping();

        var created = Conversation("CREATED", "gladly-john", "OPEN", "started", inConversation: true) with { Note = "one email" };
        yield return created;
        yield return created with { Expected = [], Note = "the same delivery again" };
        yield return Conversation("CREATED", "gladly-maria", "OPEN", "started", inConversation: true) with { Note = "several emails" };
        yield return Conversation("CREATED", "gladly-noemail", "OPEN", "started", inConversation: true) with { Note = "no email" };
        yield return Conversation("CREATED", "gladly-merged-twice", "OPEN", "started", inConversation: true) with { Note = "merged, then merged again" };
        yield return Unrelated();
        yield return Conversation("CLOSED", "gladly-john", "CLOSED", "closed", inConversation: false);
        yield return Conversation("CLOSED", "gladly-maria", "CLOSED", "closed", inConversation: false);
        yield return Conversation("REOPENED", "gladly-john", "OPEN", "reopened", inConversation: true);
    }

    private DemoStep Conversation(string what, string customer, string status, string verb, bool inConversation)
    {
        var conversation = run.Conversation(GladlyApi.ServiceName, customer);
        var (id, timestamp) = run.NextEvent();
        var body = $$"""
            {
              "id": "{{id}}",
              "type": "CONVERSATION/{{what}}",
              "timestamp": "{{timestamp}}",
              "initiator": { "id": "simulated-agent", "type": "AGENT" },
              "content": {
                "customerId": "{{customer}}",
                "conversationId": "{{conversation}}",
                "context": { "assignee": { "inboxId": "simulated-inbox" } }
              }
            }
            """;
        return new DemoStep(GladlyApi.ServiceName, $"CONVERSATION/{what}", customer, body)
        {
            Conversation = (conversation, status),
            Expected =
            [
                .. addresses.Of(customer).Select(email => new ExpectedEvent($"{verb} conversation in Gladly", email)
                {
                    ProfileProperty = $"{Property} = {(inConversation ? "true" : "false")}",
                }),
            ],
        };
    }

    private DemoStep Ping()
    {
        var (id, timestamp) = run.NextEvent();
        return new DemoStep(GladlyApi.ServiceName, "PING", "", $$"""{ "id": "{{id}}", "type": "PING", "timestamp": "{{timestamp}}", "content": {} }""")
        {
            IsIgnored = true,
            Note = "Gladly asks whether we are there",
        };
    }

    private DemoStep Unrelated()
    {
        const string customer = "gladly-john";
        var (id, timestamp) = run.NextEvent();
        var body = $$"""
            {
              "id": "{{id}}",
              "type": "CONVERSATION/TOPIC_ADDED",
              "timestamp": "{{timestamp}}",
              "initiator": { "id": "simulated-agent", "type": "AGENT" },
              "content": {
                "customerId": "{{customer}}",
                "conversationId": "{{run.Conversation(GladlyApi.ServiceName, customer)}}",
                "topicId": "simulated-topic"
              }
            }
            """;
        return new DemoStep(GladlyApi.ServiceName, "CONVERSATION/TOPIC_ADDED", customer, body)
        {
            IsIgnored = true,
            Note = "none of Klaviyo's business",
        };
    }
}
