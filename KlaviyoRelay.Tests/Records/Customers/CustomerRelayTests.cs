using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Simulator.Helpdesks;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Records.Customers;

/// <summary>A customer of Kustomer on the way to the profile in Klaviyo.</summary>
public sealed class CustomerRelayTests : IDisposable
{
    private const string Written = """{"data":{"type":"profile","id":"01G","attributes":{}}}""";

    private static readonly Customer Jane = KustomerCustomers.Jane;
    private static readonly Customer Silver = Jane.Custom("""{"loyaltyTierStr":"silver"}""");
    private static readonly Customer Bronze = Silver.Custom("""{"loyaltyTierStr":"bronze"}""");

    private readonly InMemoryConversationStore _record = new();
    private RelayFixture? _relay;

    private RelayFixture Relay => _relay ??= Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _relay?.Dispose();

    [Fact]
    public async Task Customer_who_is_not_known_is_asked_for_and_later_changes_are_not()
    {
        var asked = Knows(Jane);
        var import = Takes();

        await RelayAsync(Jane);
        await RelayAsync(Silver);

        (asked.Count, import.Count).ShouldBe((1, 2));
        Tiers().ShouldBe(["gold", "silver"]);
        var attributes = Bodies()[0]["data"]!["attributes"]!;
        attributes["email"]!.ToString().ShouldBe("jane@shop.example");
        attributes["locale"]!.ToString().ShouldBe("en-US");
        attributes["properties"]!["pointsNum"]!.GetValue<int>().ShouldBe(7);
    }

    [Fact]
    public async Task Older_revision_is_left_out_whenever_it_arrives()
    {
        Knows(Bronze);
        Takes();

        await RelayAsync(Bronze);
        await RelayAsync(Silver);
        Relay.Clock.Advance(TimeSpan.FromHours(1));
        await RelayAsync(Bronze);

        Tiers().ShouldBe(["bronze"]);
    }

    [Fact]
    public async Task Newest_of_a_batch_is_sent_alone()
    {
        Knows(Jane);
        Takes();
        await RelayAsync(Jane);

        await RelayAsync(Bronze, Silver);

        Tiers().ShouldBe(["gold", "bronze"]);
    }

    [Fact]
    public async Task What_Kustomer_says_now_counts_when_no_revision_is_known()
    {
        Knows(Bronze);
        Takes();

        await RelayAsync(Jane);

        Tiers().ShouldBe(["bronze"]);
        await RelayAsync(Silver);
        Tiers().ShouldBe(["bronze"]);
    }

    [Fact]
    public async Task Webhook_counts_when_Kustomer_answers_with_an_older_revision()
    {
        Knows(Jane);
        Takes();

        await RelayAsync(Silver);

        Tiers().ShouldBe(["silver"]);
    }

    [Fact]
    public async Task Forgotten_person_is_asked_for_again()
    {
        var asked = Knows(Jane);
        Takes();
        await RelayAsync(Jane);

        (await Relay.Get<CustomerEraser>().ForgetAsync("JANE@shop.example", Token)).ShouldBe(1);
        await RelayAsync(Silver);

        asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_customer_was_deleted_meanwhile()
    {
        Knows(Jane with { Rev = 5, Fields = new CustomerFields { IsDeleted = true } });

        await RelayAsync(Jane);

        Relay.Klaviyo.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Profile_is_not_created_when_the_connection_creates_none()
    {
        _relay = Start(("Relay__Connections__kustomer__CreateProfiles", "false"));
        Knows(Jane);
        Relay.Klaviyo.HasProfiles("other@shop.example");

        await RelayAsync(Jane);

        Relay.Klaviyo.EventRequests().ShouldBeEmpty();
        Relay.Queue.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Profile_that_Klaviyo_knows_is_written_when_the_connection_creates_none()
    {
        _relay = Start(("Relay__Connections__kustomer__CreateProfiles", "false"));
        Knows(Jane);
        Relay.Klaviyo.HasProfiles("jane@shop.example");
        Takes();

        await RelayAsync(Jane);

        Tiers().ShouldBe(["gold"]);
    }

    [Fact]
    public async Task Email_alone_is_sent_when_email_and_phone_belong_to_two_profiles()
    {
        Knows(Jane);
        Relay.Klaviyo.On(HttpMethod.Post, "/api/profile-import")
            .Reply(409, """{"errors":[{"status":409,"code":"duplicate_profile","title":"Conflict.","detail":"","meta":{"duplicate_profile_id":"01H"}}]}""")
            .Then(200, Written);

        await RelayAsync(Jane);

        Bodies().Select(body => body["data"]!["attributes"]!["phone_number"]?.ToString()).ShouldBe(["+15555550123", null]);
        Relay.Queue.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Customer_that_Klaviyo_cannot_take_now_waits_and_one_that_it_refuses_is_rejected()
    {
        Knows(Jane);
        Relay.Klaviyo.On(HttpMethod.Post, "/api/profile-import")
            .Reply(429, retryAfter: 600)
            .Then(400, """{"errors":[{"status":400,"code":"invalid","title":"Invalid input.","detail":"No."}]}""");

        await RelayAsync(Jane);
        var waiting = Relay.Queue.Throttled.ShouldHaveSingleItem();
        Relay.Clock.Advance(TimeSpan.FromMinutes(11));
        await Relay.Get<RecordRelay>().RelayAsync([MessageWriter.ToQueueMessage(waiting.Message).Body], Token);

        waiting.Reason.ShouldBe(DeadLetterReason.Throttled);
        Relay.Queue.Rejected.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Invalid);
    }

    [Fact]
    public async Task Customer_waits_when_the_record_is_away()
    {
        _record.Down = new ConversationStoreException(isProvisioned: true, "Away: look.");

        await RelayAsync(Jane);

        Relay.Queue.Throttled.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Customer_with_an_email_that_Klaviyo_drops_is_left_out()
    {
        var ann = Jane with { Emails = [new("ann@example.com")] };
        Knows(ann);

        await RelayAsync(ann);

        Relay.Klaviyo.Requests.ShouldBeEmpty();
        Relay.Queue.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Logs_hold_nothing_personal()
    {
        Knows(Jane);
        Takes();

        await RelayAsync(Jane);

        Relay.Logs.Lines.ShouldAllBe(line => !line.Contains("shop.example", StringComparison.Ordinal) && !line.Contains("5555550123", StringComparison.Ordinal));
        _record.Rows.ShouldAllBe(row => !row.Partition.Contains("shop", StringComparison.Ordinal) && row.Row.Rev == 1);
    }

    private RelayFixture Start(params (string Name, string? Value)[] settings) =>
        new(services => services.AddSingleton<IConversationStore>(_record), [.. KustomerCustomers.Settings, .. settings]);

    private StubCall Knows(Customer customer) => Relay.Kustomer.On(HttpMethod.Get, $"/v1/customers/{KustomerCustomers.Id}").Reply(200, customer.Document());

    private StubCall Takes() => Relay.Klaviyo.On(HttpMethod.Post, "/api/profile-import").Reply(200, Written);

    private IReadOnlyList<JsonNode> Bodies() => [.. Relay.Klaviyo.EventRequests().Select(request => JsonNode.Parse(request.Body)).OfType<JsonNode>()];

    private IEnumerable<string?> Tiers() => Bodies().Select(body => body["data"]!["attributes"]!["properties"]!["Loyalty tier"]?.ToString());

    /// <summary>Webhooks in, and what they queued to Klaviyo in one batch.</summary>
    private async Task RelayAsync(params Customer[] customers)
    {
        var before = Relay.Queue.On(QueueNames.Records).Count;
        foreach (var customer in customers)
        {
            (await Relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(customer.Webhook()))).ShouldBeOfType<WebhookOutcome.Accepted>();
        }

        await Relay.Get<RecordRelay>().RelayAsync([.. Relay.Queue.On(QueueNames.Records).Skip(before).Select(message => message.Body)], Token);
    }
}
