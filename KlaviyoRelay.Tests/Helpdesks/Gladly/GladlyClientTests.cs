using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Gladly;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Helpdesks.Gladly;

public sealed class GladlyClientTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Emails_come_in_gladlys_order_normalized_where_they_are()
    {
        Profile("c1").Reply(200, """
            { "id": "c1", "name": "Martha", "emails": [
                { "normalized": "martha.williams@shop.example", "original": "Martha.Williams@shop.example", "primary": true },
                { "original": "Martha@Work.example" },
                { "normalized": null, "original": null },
                null ],
              "phones": [ { "normalized": "+17245550101" } ] }
            """);

        (await LookUpAsync()).Value.ShouldNotBeNull().Emails.ShouldBe(
        [
            new CustomerEmail("martha.williams@shop.example", IsPrimary: true, IsVerified: false),
            new CustomerEmail("Martha@Work.example", IsPrimary: false, IsVerified: false),
            new CustomerEmail("", IsPrimary: false, IsVerified: false),
            new CustomerEmail("", IsPrimary: false, IsVerified: false),
        ]);
    }

    [Theory]
    [InlineData("""{ "id": "c1" }""")]
    [InlineData("""{ "id": "c1", "emails": null }""")]
    [InlineData("""{ "id": "c1", "emails": [] }""")]
    public async Task Customer_may_have_no_emails(string profile)
    {
        Profile("c1").Reply(200, profile);

        (await LookUpAsync()).Value.ShouldNotBeNull().Emails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>Maintenance</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"c1\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "message": "We will be back soon." }""")]
    [InlineData("""{ "id": "c1", "emails": "none" }""")]
    public async Task Answer_that_is_no_customer_is_an_outage_and_not_a_customer_without_emails(string body)
    {
        Profile("c1").Reply(200, body);

        Failure(await LookUpAsync()).ShouldBe(new DeliveryFailure(DeadLetterReason.Unavailable, "Gladly answered a customer look-up with something else than a customer."));
    }

    [Fact]
    public async Task Request_carries_the_agents_credentials()
    {
        _relay.Gladly.Knows("c1");

        await LookUpAsync();

        var request = _relay.Gladly.Requests.ShouldHaveSingleItem();
        request.Headers["Authorization"].ShouldBe(WebhookRequestBuilder.Basic("agent@acme.test:gladly-api-token"));
        request.Address.ShouldBe(new Uri("https://acme.gladly.test/api/v1/customer-profiles/c1"));
    }

    [Fact]
    public async Task Customer_id_is_one_part_of_the_address_whatever_it_holds()
    {
        _relay.Gladly.Knows("a%2F..%2Fb%3Fc%23d%25");

        (await LookUpAsync("a/../b?c#d%")).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task Merged_customer_is_followed_by_the_answers_body()
    {
        Profile("old").Reply(301, Moved("new"));
        _relay.Gladly.Knows("new", "ann@shop.example");

        (await LookUpAsync("old")).Value.ShouldNotBeNull().Emails.ShouldHaveSingleItem().Address.ShouldBe("ann@shop.example");
    }

    [Theory]
    [InlineData("""{ "errors": { "attr": "customerId", "code": "moved", "meta": { "old": "old", "new": "new" } } }""")]
    [InlineData("""{ "errors": [ { "code": "other" }, { "code": "moved", "meta": { "new": "\ufeffnew " } } ] }""")]
    public async Task Merged_customer_is_followed_when_the_errors_are_one_or_several(string body)
    {
        Profile("old").Reply(301, body);
        _relay.Gladly.Knows("new", "ann@shop.example");

        (await LookUpAsync("old")).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task Redirect_to_an_id_that_is_too_long_is_an_outage()
    {
        Profile("a").Reply(301, Moved(new string('7', 257)));

        Failure(await LookUpAsync("a")).Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Merged_customer_is_followed_five_times()
    {
        for (var hop = 0; hop < 5; hop++)
        {
            Profile($"c{hop}").Reply(301, Moved($"c{hop + 1}"));
        }

        _relay.Gladly.Knows("c5", "ann@shop.example");

        (await LookUpAsync("c0")).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task Customer_that_is_moved_in_a_circle_is_given_up_after_five_times()
    {
        var first = Profile("a").Reply(301, Moved("b"));
        var second = Profile("b").Reply(301, Moved("a"));

        Failure(await LookUpAsync("a")).ShouldBe(new DeliveryFailure(DeadLetterReason.CustomerNotFound, "Gladly moved the customer more than 5 times."));
        (first.Count + second.Count).ShouldBe(6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{ "errors": [] }""")]
    [InlineData("""{ "errors": { "code": "moved" } }""")]
    [InlineData("""{ "errors": "moved" }""")]
    [InlineData("""{ "errors": [ "moved", null, { "code": 7, "meta": [] } ] }""")]
    [InlineData("""{ "errors": [ { "code": "moved", "meta": { "new": "" } } ] }""")]
    [InlineData("""{ "errors": [ { "code": "moved", "meta": { "new": " \u200b" } } ] }""")]
    [InlineData("""{ "errors": [ { "code": "moved", "meta": { "new": ".." } } ] }""")]
    [InlineData("""{ "errors": [ { "code": "moved", "meta": { "new": "." } } ] }""")]
    [InlineData("""{ "errors": [ { "code": "moved", "meta": { "new": {} } } ] }""")]
    [InlineData("""{ "errors": [ { "code": "moved", "meta": { "new": "b\ud83d" } } ] }""")]
    [InlineData("""{ "errors": [ { "code": "other", "meta": { "new": "b" } } ] }""")]
    [InlineData("""{ "errors": [ { "code": "moved", "meta": { "old": "a" } } ] }""")]
    public async Task Redirect_that_does_not_say_where_to_is_an_outage(string body)
    {
        Profile("a").Reply(301, body);

        Failure(await LookUpAsync("a")).Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Unknown_customer_is_not_found_although_its_errors_are_no_list()
    {
        Profile("c1").Reply(404, """{ "errors": { "attr": "id", "code": "not_exist", "detail": "customer does not exist" } }""");

        Failure(await LookUpAsync()).Reason.ShouldBe(DeadLetterReason.CustomerNotFound);
    }

    [Fact]
    public async Task Changed_token_is_tried_once_after_401()
    {
        Profile("c1").Reply((_, _) =>
        {
            _relay.Configuration["Secrets:gladlyToken"] = "new-token";
            return Task.FromResult(StubCall.Answer(401));
        }).Then(200, """{ "id": "c1" }""");

        (await LookUpAsync()).Value.ShouldNotBeNull();
        _relay.Gladly.Requests[1].Headers["Authorization"].ShouldBe(WebhookRequestBuilder.Basic("agent@acme.test:new-token"));
    }

    [Fact]
    public async Task Lookups_keep_to_the_configured_rate()
    {
        using var relay = new RelayFixture(("Relay__Connections__gladly__Gladly__RequestsPerSecond", "2"));
        relay.Gladly.Knows("c1");
        var client = new GladlyClient(relay.Get<KlaviyoRelay.Core.Http.HttpSender>(), new GladlyApi(relay.Clock), relay.Get<GladlyConversations>());
        for (var number = 0; number < 6; number++)
        {
            await client.LookUpAsync(relay.Connection("gladly"), "c1", relay.Budget, TestContext.Current.CancellationToken);
        }

        relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(2));
    }

    private static string Moved(string to) =>
        $$"""{ "errors": [ { "attr": "customerId", "code": "moved", "detail": "customer id has changed", "meta": { "old": "x", "new": "{{to}}" } } ] }""";

    private static DeliveryFailure Failure(Result<FoundCustomer> lookup) => lookup.Failure.ShouldNotBeNull();

    private StubCall Profile(string customerId) => _relay.Gladly.On(HttpMethod.Get, $"/api/v1/customer-profiles/{customerId}");

    private Task<Result<FoundCustomer>> LookUpAsync(string customerId = "c1") =>
        _relay.Get<IEnumerable<IHelpdeskClient>>().OfType<GladlyClient>().Single()
            .LookUpAsync(_relay.Connection("gladly"), customerId, _relay.Budget, TestContext.Current.CancellationToken);
}
