using System.Globalization;
using KlaviyoRelay.Simulator.Kustomer;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The Kustomer half of the demo.</summary>
internal sealed class KustomerStory(DemoRun run, SeededAddresses addresses, string? profileProperty)
{
    /// <summary>The event property that tells one conversation's events from another's.</summary>
    public const string ConversationId = "conversationId";

    private const string Subject = "Where is my order #1002?";

    public IEnumerable<DemoStep> Steps()
    {
        yield return Created("kustomer-jane");
        yield return Tagged("kustomer-jane");
        var done = Done("kustomer-jane");
        yield return done;
        yield return done with { Expected = [], Note = "the same delivery again" };
        yield return Rated("kustomer-jane", rating: 5, score: 1);
        yield return Created("kustomer-maria") with { Note = "several emails" };
        yield return Done("kustomer-maria");
        yield return Rated("kustomer-maria", rating: 2, score: 0) with { Note = "score 0 has to survive" };
    }

    private DemoStep Created(string customer) => Step(customer, "create", KustomerWebhooks.Open, KustomerWebhooks.Created) with
    {
        Expected = Expected(customer, "Kustomer Conversation Create", inConversation: true, Common(customer)),
    };

    private DemoStep Done(string customer) =>
        Step(customer, "update, status done", KustomerWebhooks.Done, happened => KustomerWebhooks.StatusChanged(happened, KustomerWebhooks.Open, KustomerWebhooks.Done)) with
        {
            Expected = Expected(customer, "Kustomer Conversation Close", inConversation: false, Update(customer)),
        };

    private DemoStep Rated(string customer, int rating, int score)
    {
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        return Step(customer, $"update, rated {Number(rating)}", KustomerWebhooks.Done, happened => KustomerWebhooks.Rated(happened, rating, score)) with
        {
            Expected = Expected(customer, "Kustomer Conversation CSAT Submitted", inConversation: null,
            [
                .. Update(customer),
                new("rating", Number(rating)),
                // A string, because Klaviyo takes the number 0 for no value.
                new("score", $"\"{Number(score)}\""),
            ]),
        };
    }

    private DemoStep Tagged(string customer) => Step(customer, "update, tags", KustomerWebhooks.Open, KustomerWebhooks.Tagged) with
    {
        IsIgnored = true,
        Note = "none of Klaviyo's business",
    };

    private DemoStep Step(string customer, string label, string status, Func<Happening, string> write)
    {
        var happened = run.Next(KustomerApi.ServiceName, customer) with { Subject = Subject };
        return new DemoStep(KustomerApi.ServiceName, $"conversation.{label}", customer, write(happened)) { Conversation = (happened.Conversation, status) };
    }

    private ExpectedEvent[] Expected(
        string customer, string metric, bool? inConversation, IEnumerable<KeyValuePair<string, string>> properties) =>
    [
        .. addresses.Of(customer).Select(email => new ExpectedEvent(metric, email)
        {
            ProfileProperty = profileProperty is not null && inConversation is { } now
                ? $"{profileProperty} = {(now ? "true" : "false")}"
                : null,
            Properties = new Dictionary<string, string>(properties, StringComparer.Ordinal),
        }),
    ];

    private KeyValuePair<string, string>[] Common(string customer)
    {
        var conversation = run.Conversation(KustomerApi.ServiceName, customer);
        return
        [
            new(ConversationId, $"\"{conversation}\""),
            new("conversationLink", $"\"https://acme.kustomerapp.com/app/customers/{customer}/event/{conversation}\""),
            new("subject", $"\"{Subject}\""),
        ];
    }

    private KeyValuePair<string, string>[] Update(string customer) => [.. Common(customer), new("conversationChannel", "\"email\"")];
}
