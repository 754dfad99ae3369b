using System.Globalization;
using KlaviyoRelay.Simulator.Kustomer;

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

    private DemoStep Created(string customer) =>
        Step(customer, "kustomer.conversation.create", "create", "open", satisfaction: "{}", changes: "null", "Kustomer Conversation Create") with
        {
            Expected = Expected(customer, "Kustomer Conversation Create", inConversation: true, Common(customer)),
        };

    private DemoStep Done(string customer) =>
        Update(customer, "done", "{}", """{ "status": { "op": "replace", "before": "open", "after": "done" } }""", "status done") with
        {
            Expected = Expected(customer, "Kustomer Conversation Close", inConversation: false, Update(customer)),
        };

    private DemoStep Rated(string customer, int rating, int score)
    {
        string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        var (_, sentAt) = run.NextEvent();
        var satisfaction = $$"""
            {
              "status": "rated", "rating": {{Number(rating)}}, "score": {{Number(score)}}, "channel": "email",
              "form": "simulated-form", "formResponse": "{{run.Conversation("form", customer)}}",
              "sentAt": "{{sentAt}}", "sentByTeams": [], "answers": []
            }
            """;
        var changes = $$"""
            {
              "satisfaction": { "op": "replace", "before": 0, "after": {{Number(score)}} },
              "satisfactionLevel": { "op": "replace", "before": { "status": "offered" }, "after": {{satisfaction}} }
            }
            """;
        return Update(customer, "done", satisfaction, changes, $"rated {Number(rating)}") with
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

    private DemoStep Tagged(string customer) =>
        Update(customer, "open", "{}", """{ "tags": { "op": "replace", "before": [], "after": ["simulated-tag"] } }""", "tags") with
        {
            IsIgnored = true,
            Note = "none of Klaviyo's business",
        };

    private DemoStep Update(string customer, string status, string satisfaction, string changes, string what) => Step(
        customer, "kustomer.conversation.update", $"update, {what}", status, satisfaction, $$"""{ "attributes": {{changes}}, "relationships": {} }""", what);

    private DemoStep Step(string customer, string name, string label, string status, string satisfaction, string changes, string note)
    {
        var conversation = run.Conversation(KustomerApi.ServiceName, customer);
        var (id, timestamp) = run.NextEvent();
        var body = $$"""
            {
              "id": "{{id}}",
              "name": "{{name}}",
              "org": "5f8481c6a22ab5b9d5f2dd8a",
              "partition": "5f8481c6a22ab5b9d5f2dd8a",
              "orgName": "acme",
              "data": {
                "type": "conversation",
                "id": "{{conversation}}",
                "attributes": {
                  "name": "{{Subject}}", "channels": ["email"], "status": "{{status}}", "direction": "in", "ended": false,
                  "satisfactionLevel": {{satisfaction}}, "updatedAt": "{{timestamp}}", "rev": 1
                },
                "relationships": {
                  "customer": { "data": { "type": "customer", "id": "{{customer}}" }, "links": { "self": "/v1/customers/{{customer}}" } }
                },
                "links": { "self": "/v1/conversations/{{conversation}}" }
              },
              "createdAt": "{{timestamp}}",
              "changes": {{changes}},
              "persist": true,
              "client": "api-gw",
              "dataId": "{{conversation}}"
            }
            """;
        return new DemoStep(KustomerApi.ServiceName, $"conversation.{label}", customer, body) { Conversation = (conversation, status) };
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
