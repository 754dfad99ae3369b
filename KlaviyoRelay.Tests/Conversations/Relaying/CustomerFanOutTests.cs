using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class CustomerFanOutTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Every_email_of_the_customer_gets_the_event()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example", "ann@work.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder());

        _relay.Klaviyo.EventRequests().Select(request => request.Email()).ShouldBe(["ann@shop.example", "ann@work.example"], ignoreOrder: true);
    }

    [Fact]
    public async Task Customer_is_looked_up_once_for_all_events_of_a_batch()
    {
        var lookup = _relay.Gladly.Knows("c1", "ann@shop.example");
        var other = _relay.Gladly.Knows("c2", "bob@shop.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(
            new RelayMessageBuilder().Id("e1"),
            new RelayMessageBuilder().Id("e2").Closed(),
            new RelayMessageBuilder().Id("e3").Customer("c2"));

        lookup.Count.ShouldBe(1);
        other.Count.ShouldBe(1);
        _relay.Klaviyo.EventRequests().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Customers_of_the_same_id_in_two_connections_are_two_customers()
    {
        _relay.Gladly.Knows("c1", "ann@gladly.example");
        _relay.Kustomer.KnowsKustomer("c1", "ann@kustomer.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder(), new RelayMessageBuilder().Id("e2").Kustomer());

        _relay.Klaviyo.EventRequests().Select(request => request.Email()).ShouldBe(["ann@gladly.example", "ann@kustomer.example"], ignoreOrder: true);
    }

    [Fact]
    public async Task Customer_is_not_looked_up_when_the_message_says_which_emails_are_left()
    {
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder().Retried(0, TestClock.Start, "ann@shop.example"));

        _relay.Gladly.Requests.ShouldBeEmpty();
        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Email().ShouldBe("ann@shop.example");
    }

    [Theory]
    [InlineData(404, DeadLetterReason.CustomerNotFound, "Gladly does not know the customer.")]
    [InlineData(401, DeadLetterReason.Unauthorized, "Gladly refused the relay's API credentials (401).")]
    [InlineData(403, DeadLetterReason.Forbidden, "Gladly's API credentials may not read customers (403).")]
    [InlineData(400, DeadLetterReason.Invalid, "Gladly answered 400 to a customer look-up: no No.")]
    public async Task Failed_lookup_is_parked_with_its_reason_and_without_emails(int status, DeadLetterReason reason, string detail)
    {
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/c1").Reply(status);

        await _relay.RelayAsync(new RelayMessageBuilder());

        var letter = _relay.Queue.Rejected.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(reason);
        letter.Detail.ShouldBe(detail);
        letter.Emails.ShouldBeNull();
        letter.ReleaseAt.ShouldBeNull();
        _relay.Queue.Throttled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Helpdesk_that_refuses_the_credentials_is_not_hammered_with_the_rest_of_the_batch()
    {
        foreach (var number in Enumerable.Range(0, 100))
        {
            _relay.Gladly.On(HttpMethod.Get, $"/api/v1/customer-profiles/c{number}").Reply(401);
        }

        await _relay.RelayAsync([.. Enumerable.Range(0, 100).Select(number => new RelayMessageBuilder().Id($"e{number}").Customer($"c{number}"))]);

        _relay.Gladly.Requests.Count.ShouldBeLessThanOrEqualTo(8);
        _relay.Queue.Rejected.Count.ShouldBe(100);
        _relay.Queue.Rejected.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Unauthorized);
    }

    [Theory]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(404, false)]
    public async Task Helpdesk_that_refuses_the_credentials_is_asked_nothing_more_in_the_batch(int status, bool isRefused)
    {
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/c1").Reply(status);
        var batch = new RelayBatch(_relay.Budget, TestClock.Start);

        await _relay.Get<CustomerFanOut>().RunAsync(batch, [new RelayMessageBuilder().Message], TestContext.Current.CancellationToken);

        (batch.LookUpRefusalOf(_relay.Connection("gladly")) is not null).ShouldBe(isRefused);
    }

    [Theory]
    [InlineData(429, DeadLetterReason.Throttled)]
    [InlineData(500, DeadLetterReason.Unavailable)]
    [InlineData(503, DeadLetterReason.Unavailable)]
    public async Task Lookup_that_the_helpdesk_cannot_answer_now_is_held_after_three_tries(int status, DeadLetterReason reason)
    {
        var lookup = _relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/c1").Reply(status);

        await _relay.RelayAsync(new RelayMessageBuilder());

        lookup.Count.ShouldBe(3);
        var letter = _relay.Queue.Throttled.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(reason);
        letter.Emails.ShouldBeNull();
        _relay.Queue.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failed_lookup_does_not_hold_back_other_customers()
    {
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/gone").Reply(404);
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1").Customer("gone"), new RelayMessageBuilder().Id("e2"));

        _relay.Queue.Rejected.ShouldHaveSingleItem().Event.Id.ShouldBe("e1");
        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData()]
    [InlineData("no email", "@")]
    public async Task Customer_without_a_usable_email_is_skipped(params string[] emails)
    {
        _relay.Gladly.Knows("c1", emails);

        await _relay.RelayAsync(new RelayMessageBuilder());

        _relay.Queue.Count.ShouldBe(0);
        _relay.Logs.Lines.ShouldContain($"Relayed 1 event(s): 0 delivered, {Math.Max(emails.Length, 1)} skipped, 0 dead-lettered.");
    }

    [Theory]
    [InlineData("gone", "main")]
    [InlineData("gladly", "gone")]
    public async Task Event_is_parked_when_its_connection_or_account_is_no_longer_configured(string connection, string account)
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");

        await _relay.RelayAsync(new RelayMessageBuilder().Connection(connection, account).Retried(2, TestClock.Start, "ann@shop.example"));

        var letter = _relay.Queue.Rejected.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(DeadLetterReason.NotConfigured);
        letter.Emails.ShouldBe(["ann@shop.example"]);
        letter.Attempts.ShouldBe(3);
    }

    [Theory]
    [InlineData("primary", new[] { "ann@shop.example" })]
    [InlineData("all", new[] { "ann@shop.example", "ann@work.example" })]
    public async Task Connections_rule_says_which_emails_get_the_event(string rule, string[] expected)
    {
        using var relay = new RelayFixture(("Relay__Connections__gladly__Emails", rule));
        relay.Gladly.Knows("c1", "ann@shop.example", "ann@work.example");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new RelayMessageBuilder());

        relay.Klaviyo.EventRequests().Select(request => request.Email()).ShouldBe(expected, ignoreOrder: true);
    }
}
