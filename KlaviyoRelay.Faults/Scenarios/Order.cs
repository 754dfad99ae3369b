using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults.Scenarios;

/// <summary>
/// Hours of conversations in seconds: the helpdesks change and the webhooks arrive in the order in which they would, those
/// of Gladly and Kustomer with the age that they would have. At the end every customer's flag must say what is true.
/// </summary>
internal sealed class Order : Scenario
{
    private const int Seed = 13;
    private const string DeskToken = "desk-webhook-token";

    public override string Name => "order";

    public override string Fault => "webhooks late, repeated and in any order, by the vendors' schedules";

    public override async Task RunAsync(FaultRun run, CancellationToken cancellationToken)
    {
        var customers = Enumerable.Range(0, run.Size.Conversations / 2).Select(number => new OrderedCustomer(number, Seed + number)).ToList();
        await run.Simulator.SeedAsync([.. customers.Where(customer => customer.Helpdesk != "desk").Select(customer => customer.Customer)], cancellationToken);
        await run.StartRelayAsync(cancellationToken, [.. Settings]);

        await PlayAsync(run, customers, cancellationToken);
        await run.SettleAsync(cancellationToken);

        var profiles = await run.Simulator.ProfilesAsync(cancellationToken);
        var wrong = customers.Where(customer => FlagOf(customer, profiles) != customer.IsInConversation).ToList();
        var lookUps = (await run.Simulator.CountsAsync(cancellationToken)).Routes
            .Where(route => route.Key.StartsWith("GET /gladly/", StringComparison.Ordinal) || route.Key.StartsWith("GET /kustomer/", StringComparison.Ordinal))
            .Sum(route => route.Value);
        var asked = customers.Where(customer => customer.Helpdesk != "desk").Sum(customer => customer.Deliveries.Count);
        run.Measured(string.Create(CultureInfo.InvariantCulture, $"{wrong.Count} of {customers.Count} flags wrong, {(double)lookUps / asked:0.00} look-ups a webhook"));
        run.Must(wrong.Count == 0, $"The flag is wrong for {string.Join(", ", wrong.Take(10).Select(customer => $"{customer.Id} ({customer.Helpdesk})"))}.");
    }

    private static (string Setting, string Value)[] Settings =>
    [
        ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"),
        ("Relay__Connections__desk__Helpdesk", "generic"),
        ("Relay__Connections__desk__Account", "main"),
        ("Relay__Connections__desk__ProfileProperty", "In Desk Conversation"),
        ("Relay__Connections__desk__Webhook__Kind", "header"),
        ("Relay__Connections__desk__Webhook__Header", "X-Webhook-Token"),
        ("Relay__Connections__desk__Webhook__Secret", "deskToken"),
        ("Secrets__deskToken", DeskToken),
        ("Relay__Connections__desk__Generic__Name", "Desk"),
        ("Relay__Connections__desk__Generic__Kind", "/what"),
        ("Relay__Connections__desk__Generic__Kinds__Opened", "opened"),
        ("Relay__Connections__desk__Generic__Kinds__Closed", "closed"),
        ("Relay__Connections__desk__Generic__Kinds__Reopened", "reopened"),
        ("Relay__Connections__desk__Generic__EventId", "/id"),
        ("Relay__Connections__desk__Generic__ConversationId", "/conversation"),
        ("Relay__Connections__desk__Generic__OccurredAt", "/at"),
        ("Relay__Connections__desk__Generic__Emails", "/email"),
    ];

    private static async Task PlayAsync(FaultRun run, IReadOnlyList<OrderedCustomer> customers, CancellationToken cancellationToken)
    {
        var timeline = customers
            .SelectMany(customer => customer.Changes.Select(change => (change.At, change.Event, IsDelivery: false))
                .Concat(customer.Deliveries.Select(delivery => (delivery.At, delivery.Event, IsDelivery: true))))
            .OrderBy(entry => entry.At).ThenBy(entry => entry.IsDelivery)
            .ToList();
        var began = TimeProvider.System.GetUtcNow() - timeline[^1].At;
        foreach (var (at, happened, isDelivery) in timeline)
        {
            if (isDelivery)
            {
                await DeliverAsync(run, happened, happened.Webhook(at - happened.At, began), cancellationToken);
            }
            else if (happened.Stored is { } stored)
            {
                await run.Simulator.SeedConversationsAsync([stored], cancellationToken);
            }
        }
    }

    private static async Task DeliverAsync(FaultRun run, OrderedEvent happened, string webhook, CancellationToken cancellationToken)
    {
        using var answer = await (happened.Customer.Helpdesk switch
        {
            "gladly" => run.Stack.Webhooks.GladlyAsync(webhook, cancellationToken),
            "kustomer" => run.Stack.Webhooks.KustomerAsync(webhook, cancellationToken),
            _ => run.Stack.Webhooks.SendAsync("desk", Encoding.UTF8.GetBytes(webhook), headers => headers.Add("X-Webhook-Token", DeskToken), cancellationToken),
        });
        UnmetException.ThrowUnless(answer.StatusCode == HttpStatusCode.Accepted, () => $"A webhook of {happened.Customer.Helpdesk} was answered {(int)answer.StatusCode}.");
        run.Accepted(happened.Recorded);
    }

    private static bool FlagOf(OrderedCustomer customer, IReadOnlyDictionary<string, JsonObject> profiles)
    {
        var property = customer.Helpdesk switch { "gladly" => "In Gladly Conversation", "kustomer" => "In Kustomer Conversation", _ => "In Desk Conversation" };
        return profiles.TryGetValue(customer.Email, out var properties) && properties[property] is JsonValue flag && flag.GetValue<bool>();
    }
}
