using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Kustomer;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Helpdesks.Kustomer;

public sealed class KustomerClientTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Emails_come_with_their_marks_the_first_as_primary_and_shared_ones_are_left_out()
    {
        Customer("c1").Reply(200, """
            { "data": { "type": "customer", "id": "c1", "attributes": {
                "emails": [
                  { "type": "home", "email": "jane@shop.example", "verified": false, "externalVerified": false },
                  { "type": "work", "email": "jane@work.example", "verified": true },
                  null ],
                "sharedEmails": [ { "email": "family@shop.example", "verified": true } ] } } }
            """);

        (await LookUpAsync()).Value.ShouldNotBeNull().Emails.ShouldBe(
        [
            new CustomerEmail("jane@shop.example", IsPrimary: true, IsVerified: false),
            new CustomerEmail("jane@work.example", IsPrimary: false, IsVerified: true),
            new CustomerEmail("", IsPrimary: false, IsVerified: false),
        ]);
    }

    [Theory]
    [InlineData(null, new[] { "jane@shop.example" })]
    [InlineData("false", new[] { "jane@shop.example" })]
    [InlineData("true", new[] { "jane@shop.example", "family@shop.example" })]
    public async Task Shared_emails_get_events_only_when_the_setting_says_so(string? setting, string[] expected)
    {
        using var relay = new RelayFixture(("Relay__Connections__kustomer__Kustomer__SharedEmails", setting));
        relay.Kustomer.On(HttpMethod.Get, $"/v1/customers/{KustomerWebhookBuilder.CustomerId}").Reply(
            200, """{ "data": { "attributes": { "emails": [ { "email": "jane@shop.example" } ], "sharedEmails": [ { "email": "family@shop.example", "verified": true }, null ] } } }""");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new KustomerWebhookBuilder());

        relay.Klaviyo.EventRequests().Select(request => request.Email()).ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData("primary", new[] { "jane@shop.example" })]
    [InlineData("verified", new[] { "family@shop.example" })]
    public async Task Shared_email_is_never_primary_but_may_be_verified(string rule, string[] expected)
    {
        using var relay = new RelayFixture(("Relay__Connections__kustomer__Kustomer__SharedEmails", "true"), ("Relay__Connections__kustomer__Emails", rule));
        relay.Kustomer.On(HttpMethod.Get, $"/v1/customers/{KustomerWebhookBuilder.CustomerId}").Reply(
            200, """{ "data": { "attributes": { "emails": [ { "email": "jane@shop.example" } ], "sharedEmails": [ { "email": "family@shop.example", "verified": true } ] } } }""");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new KustomerWebhookBuilder());

        relay.Klaviyo.EventRequests().Select(request => request.Email()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{ "data": { "attributes": {} } }""")]
    [InlineData("""{ "data": { "attributes": { "emails": null } } }""")]
    [InlineData("""{ "data": { "attributes": { "emails": [] } } }""")]
    public async Task Customer_may_have_no_emails(string customer)
    {
        Customer("c1").Reply(200, customer);

        (await LookUpAsync()).Value.ShouldNotBeNull().Emails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>Maintenance</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "data": null }""")]
    [InlineData("""{ "data": [] }""")]
    [InlineData("""{ "data": { "attributes": { "emails": [ "jane@shop.example" ] } } }""")]
    public async Task Answer_that_is_no_customer_is_an_outage_and_not_a_customer_without_emails(string body)
    {
        Customer("c1").Reply(200, body);

        Failure(await LookUpAsync()).ShouldBe(new DeliveryFailure(DeadLetterReason.Unavailable, "Kustomer answered a customer look-up with something else than a customer."));
    }

    [Fact]
    public async Task Request_carries_the_key()
    {
        _relay.Kustomer.KnowsKustomer("c1");

        await LookUpAsync();

        var request = _relay.Kustomer.Requests.ShouldHaveSingleItem();
        request.Headers["Authorization"].ShouldBe("Bearer kustomer-api-key");
        request.Address.ShouldBe(new Uri("https://acme.api.kustomerapp.com/v1/customers/c1"));
    }

    [Fact]
    public async Task Throttled_lookup_is_tried_again_when_kustomers_window_resets()
    {
        Customer("c1")
            .Reply(429, headers: ("x-ratelimit-reset", $"{TestClock.Start.AddSeconds(42).ToUnixTimeSeconds()}"))
            .Then(200, """{ "data": { "attributes": {} } }""");

        (await LookUpAsync()).Value.ShouldNotBeNull();
        _relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task Lookups_keep_to_the_configured_rate()
    {
        using var relay = new RelayFixture(("Relay__Connections__kustomer__Kustomer__RequestsPerMinute", "2"));
        relay.Kustomer.KnowsKustomer("c1");
        var client = new KustomerClient(relay.Get<KlaviyoRelay.Core.Http.HttpSender>(), relay.Clock);
        for (var number = 0; number < 5; number++)
        {
            await client.LookUpAsync(relay.Connection("kustomer"), "c1", relay.Budget, TestContext.Current.CancellationToken);
        }

        relay.Clock.Elapsed.ShouldBe(TimeSpan.FromMinutes(2));
    }

    private static DeliveryFailure Failure(Result<FoundCustomer> lookup) => lookup.Failure.ShouldNotBeNull();

    private StubCall Customer(string customerId) => _relay.Kustomer.On(HttpMethod.Get, $"/v1/customers/{customerId}");

    private Task<Result<FoundCustomer>> LookUpAsync() =>
        _relay.Get<IEnumerable<IHelpdeskClient>>().OfType<KustomerClient>().Single()
            .LookUpAsync(_relay.Connection("kustomer"), "c1", _relay.Budget, TestContext.Current.CancellationToken);
}
