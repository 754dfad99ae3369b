using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The Gladly half of the demo.</summary>
internal sealed class GladlyStory(DemoRun run, SeededAddresses addresses)
{
    public const string Property = "In Gladly Conversation";

    /// <summary>The customer whose conversation is open when the story ends.</summary>
    public const string StaysOpen = "gladly-john";

    public IEnumerable<DemoStep> Steps()
    {
        yield return Ping();

        var created = Conversation(GladlyWebhooks.Created, "gladly-john", "OPEN", "started", inConversation: true) with { Note = "one email" };
        yield return created;
        yield return created with { Expected = [], Note = "the same delivery again" };
        yield return Conversation(GladlyWebhooks.Created, "gladly-maria", "OPEN", "started", inConversation: true) with { Note = "several emails" };
        yield return Conversation(GladlyWebhooks.Created, "gladly-noemail", "OPEN", "started", inConversation: true) with { Note = "no email" };
        yield return Conversation(GladlyWebhooks.Created, "gladly-merged-twice", "OPEN", "started", inConversation: true) with { Note = "merged, then merged again" };
        yield return Unrelated();
        yield return Conversation(GladlyWebhooks.Closed, "gladly-john", "CLOSED", "closed", inConversation: false);
        yield return Conversation(GladlyWebhooks.Closed, "gladly-maria", "CLOSED", "closed", inConversation: false);
        yield return Conversation(GladlyWebhooks.Reopened, StaysOpen, "OPEN", "reopened", inConversation: true);
    }

    private DemoStep Conversation(string what, string customer, string status, string verb, bool inConversation)
    {
        var happened = run.Next(GladlyApi.ServiceName, customer);
        return new DemoStep(GladlyApi.ServiceName, $"CONVERSATION/{what}", customer, GladlyWebhooks.Conversation(what, happened))
        {
            Conversation = (happened.Conversation, status),
            Expected =
            [
                .. addresses.Of(customer).Select(email => new ExpectedEvent($"{verb} conversation in Gladly", email)
                {
                    ProfileProperty = $"{Property} = {(inConversation ? "true" : "false")}",
                }),
            ],
        };
    }

    private DemoStep Ping() => new(GladlyApi.ServiceName, "PING", "", GladlyWebhooks.Ping(run.Next(GladlyApi.ServiceName, "")))
    {
        IsIgnored = true,
        Note = "Gladly asks whether we are there",
    };

    private DemoStep Unrelated()
    {
        const string customer = "gladly-john";
        return new DemoStep(GladlyApi.ServiceName, "CONVERSATION/TOPIC_ADDED", customer, GladlyWebhooks.TopicAdded(run.Next(GladlyApi.ServiceName, customer)))
        {
            IsIgnored = true,
            Note = "none of Klaviyo's business",
        };
    }
}
