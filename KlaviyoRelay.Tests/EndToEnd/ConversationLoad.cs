using System.Net;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>Many conversations of customers with one to five emails, half of them Gladly's and half Kustomer's.</summary>
internal sealed class ConversationLoad(int conversations)
{
    private const string Domain = "klaviyo-demo.com";

    /// <summary>What must be recorded, in any order, each exactly once.</summary>
    public IReadOnlyList<(string Metric, string Email)> Expected { get; } =
    [
        .. Enumerable.Range(0, conversations).SelectMany(number => Emails(number).Select(email => (MetricOf(number), email))),
    ];

    public Task SeedAsync(SimulatorControl simulator, CancellationToken cancellationToken) => simulator.SeedAsync(
        [.. Enumerable.Range(0, conversations).Select(number => (JsonNode)new JsonObject
        {
            ["helpdesk"] = IsGladly(number) ? "gladly" : "kustomer",
            ["id"] = $"load-{number}",
            ["name"] = $"Customer {number}",
            ["emails"] = new JsonArray([.. Emails(number).Select(email => (JsonNode)new JsonObject { ["email"] = email })]),
        })],
        cancellationToken);

    /// <summary>Posts one "created" webhook per conversation, 16 at a time; every one must be accepted.</summary>
    public Task PostAsync(WebhookSender webhooks, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, conversations),
        new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
        async (number, token) =>
        {
            using var answer = await (IsGladly(number) ? webhooks.GladlyAsync(Gladly(number), token) : webhooks.KustomerAsync(Kustomer(number), token));
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        });

    private static bool IsGladly(int number) => number % 2 == 0;

    private static string MetricOf(int number) => IsGladly(number) ? "started conversation in Gladly" : "Kustomer Conversation Create";

    private static IEnumerable<string> Emails(int number) => Enumerable.Range(1, 1 + (number % 5)).Select(email => $"load{number}.{email}@{Domain}");

    // Not late, so that the profile property is set as the event says.
    private static string Now => $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";

    private static string Gladly(int number) =>
        $$$"""{"id":"event-{{{number}}}","type":"CONVERSATION/CREATED","timestamp":"{{{Now}}}","content":{"customerId":"load-{{{number}}}","conversationId":"conversation-{{{number}}}"}}""";

    private static string Kustomer(int number) =>
        $$$$"""{"id":"event-{{{{number}}}}","name":"kustomer.conversation.create","orgName":"acme","createdAt":"{{{{Now}}}}","changes":null,"data":{"type":"conversation","id":"conversation-{{{{number}}}}","attributes":{"name":"Secret subject {{{{number}}}}","status":"open"},"relationships":{"customer":{"data":{"type":"customer","id":"load-{{{{number}}}}"} } } } }""";
}
