using System.Text.Json;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Records;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Dashboard;
using KlaviyoRelay.Dashboard.Watch;
using KlaviyoRelay.Simulator.Helpdesks;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Watch;

/// <summary>Kustomer's customers in the list of events, from the webhook to the profile.</summary>
public sealed class CustomerEventTests : IDisposable
{
    private const string Written = """{"data":{"type":"profile","id":"01G","attributes":{}}}""";

    private static readonly Customer Jane = KustomerCustomers.Jane;
    private static readonly Customer Silver = Jane.Custom("""{"loyaltyTierStr":"silver"}""");

    private readonly BoardFixture _fixture = new();
    private readonly RelayFixture _relay;
    private int _read;

    public CustomerEventTests() => _relay = new(
        services => services.AddSingleton<IConversationStore>(new InMemoryConversationStore()).AddSingleton<RelayObserver>(_fixture.Board), KustomerCustomers.Settings);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Change_is_queued_then_relayed_and_the_try_says_what_was_written()
    {
        Knows(Jane);
        Takes().Reply(500).Then(200, Written);
        await ReceiveAsync(Jane);

        var row = _fixture.Rows().ShouldHaveSingleItem();
        (row.Kind, row.Connection, row.Account, row.Customer, row.Conversation, row.State).ShouldBe(("customer", "kustomer", "main", KustomerCustomers.Id, null, EventState.Queued));
        await RelayAsync();

        row = _fixture.Rows().ShouldHaveSingleItem();
        (row.State, row.Delivered, row.Total).ShouldBe((EventState.Delivered, 1, 1));
        row.Emails.ShouldBe(["j•••@s•••.example"]);
        var attempts = Detail(row).Attempts;
        attempts.Select(attempt => attempt.Status).ShouldBe([500, 200]);
        attempts[0].WaitMs.ShouldNotBeNull();
        attempts[1].ShouldBe(attempts[1] with { UniqueId = null, Metric = "profile", Email = "j•••@s•••.example", Property = "with email, phone_number, first_name, last_name, locale, organization, Loyalty tier, pointsNum" });
        _fixture.Timeline(row.Id).ShouldBe(["webhook: The webhook was accepted: the queue has the event", "relay: Taken from the queue", "klaviyo: Klaviyo has the profile of j•••@s•••.example"]);
        _fixture.Counters.Total(Counted.Delivered).ShouldBe(1);
    }

    [Fact]
    public async Task Change_that_is_not_the_newest_says_so()
    {
        Knows(Jane);
        Takes().Reply(200, Written);
        await ReceiveAsync(Jane, Silver);
        await RelayAsync();
        await ReceiveAsync(Silver);
        await RelayAsync();

        _fixture.Rows().Select(row => (row.State, row.Reason)).ShouldBe([(EventState.Skipped, "superseded"), (EventState.Skipped, "sent-before")]);
        _fixture.Timeline(_fixture.Rows()[1].Id).ShouldContain("klaviyo: Klaviyo has the profile of j•••@s•••.example");
    }

    [Fact]
    public async Task Customer_who_is_deleted_meanwhile_needs_no_profile()
    {
        Knows(Jane with { Rev = 5, Fields = new CustomerFields { IsDeleted = true } });
        await ReceiveAsync(Jane);
        await RelayAsync();

        var row = _fixture.Rows().ShouldHaveSingleItem();
        (row.State, row.Reason).ShouldBe((EventState.Skipped, "deleted-customer"));
        _fixture.Timeline(row.Id)[^1].ShouldBe("skipped: No profile is written: deleted-customer");
    }

    [Fact]
    public async Task Change_that_Klaviyo_cannot_take_now_waits_and_is_delivered_after_that()
    {
        Knows(Jane);
        Takes().Reply(429, retryAfter: 600).Then(200, Written);
        await ReceiveAsync(Jane);
        await RelayAsync();

        var row = _fixture.Rows().ShouldHaveSingleItem();
        (row.State, row.Reason).ShouldBe((EventState.Throttled, "throttled"));
        row.Until.ShouldNotBeNull();

        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        _relay.Clock.Advance(TimeSpan.FromMinutes(11));
        await _relay.Get<RecordRelay>().RelayAsync([MessageWriter.ToQueueMessage(letter.Message).Body], Token);

        row = _fixture.Rows().ShouldHaveSingleItem();
        (row.State, row.Attempts).ShouldBe((EventState.Delivered, 1));
    }

    [Fact]
    public async Task Nothing_personal_is_shown()
    {
        Knows(Jane);
        Takes().Reply(400, """{"errors":[{"status":400,"code":"invalid","title":"Invalid input.","detail":"About jane@shop.example."}]}""");
        await ReceiveAsync(Jane);
        await RelayAsync();

        var json = string.Concat(_fixture.Rows().Select(row => JsonSerializer.Serialize(Detail(row), DashboardJson.Default.EventDetail)));

        json.ShouldContain("customer");
        foreach (var personal in new[] { "jane", "acme", "gold", "crm-10427", "5555550123" })
        {
            json.ShouldNotContain(personal, Case.Insensitive);
        }
    }

    [Fact]
    public void Customer_without_an_email_is_named_by_no_other_id()
    {
        SentToKlaviyo.Masked("crm-10427").ShouldBe("a customer without an email");
        SentToKlaviyo.Masked("+15555550123").ShouldBe("+•••23");
    }

    private EventDetail Detail(EventRow row) => _fixture.Board.Find(row.Id).ShouldNotBeNull();

    private void Knows(Customer customer) => _relay.Kustomer.On(HttpMethod.Get, $"/v1/customers/{KustomerCustomers.Id}").Reply(200, customer.Document());

    private StubCall Takes() => _relay.Klaviyo.On(HttpMethod.Post, "/api/profile-import");

    private async Task ReceiveAsync(params Customer[] customers)
    {
        foreach (var customer in customers)
        {
            (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(customer.Webhook()))).ShouldBeOfType<WebhookOutcome.Accepted>();
        }
    }

    private async Task RelayAsync()
    {
        var waiting = _relay.Queue.On(QueueNames.Records).Skip(_read).Select(message => message.Body).ToList();
        _read += waiting.Count;
        await _relay.Get<RecordRelay>().RelayAsync(waiting, Token);
    }
}
