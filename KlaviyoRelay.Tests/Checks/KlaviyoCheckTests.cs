using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Checks;

public sealed class KlaviyoCheckTests
{
    private const string Key = "Klaviyo main: key";
    private const string AccountsRead = "Klaviyo main: accounts:read";
    private const string EventsWrite = "Klaviyo main: events:write";
    private const string PrivateKey = "pk_0123456789abcdef";

    [Fact]
    public async Task Key_is_shown_with_its_account_and_last_four_characters()
    {
        using var fixture = new CheckFixture(("Secrets__klaviyoKey", PrivateKey));

        (await fixture.LineAsync(Key)).ShouldBe(new CheckLine(Key, CheckOutcome.Ok, "Key ••••cdef of Acme Shop (AbC123)", null));
    }

    [Theory]
    [InlineData(401)]
    // Klaviyo's overview has this status for a wrong key, too.
    [InlineData(400)]
    public async Task Refused_key_fails_and_its_scopes_are_not_tried(int status)
    {
        using var fixture = new CheckFixture(("Secrets__klaviyoKey", PrivateKey));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(status, CheckFixture.Unauthenticated);

        var report = await fixture.CheckAsync("gladly");

        var key = report.Checks.Single(line => line.Subject == Key);
        key.Outcome.ShouldBe(CheckOutcome.Failed);
        key.Detail.ShouldBe("Klaviyo refuses the key ••••cdef, which is revoked, deleted or mistyped");
        key.Fix.ShouldBe("create a private key with Events: Full and Profiles: Full in Klaviyo, Settings, API keys, and store it in the secret 'klaviyoKey'");
        report.Checks.Single(line => line.Subject == EventsWrite).Outcome.ShouldBe(CheckOutcome.Unknown);
        fixture.Events.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Key_without_events_write_fails_with_words_that_tell_what_to_do()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(403, CheckFixture.Denied);

        (await fixture.LineAsync(EventsWrite)).ShouldBe(new CheckLine(
            EventsWrite,
            CheckOutcome.Failed,
            "Key is valid but lacks events:write",
            "create a new private key with Events: Full and Profiles: Full; scopes of a key can't be changed"));
    }

    [Fact]
    public async Task Key_without_accounts_read_is_fine()
    {
        using var fixture = new CheckFixture(("Secrets__klaviyoKey", PrivateKey));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(403, CheckFixture.Denied);

        var report = await fixture.CheckAsync("gladly");

        report.Ok.ShouldBeTrue();
        report.Checks.Single(line => line.Subject == Key).Detail.ShouldBe("Key ••••cdef is valid");
        report.Checks.Single(line => line.Subject == AccountsRead).Outcome.ShouldBe(CheckOutcome.NotNeeded);
    }

    [Theory]
    [InlineData("AbC123", "The key •••• is no private key, because it looks like a public API key (site ID), which is for web pages")]
    [InlineData("sk_0123456789abcdef", "The key ••••cdef is no private key, because it does not begin with pk_, as private keys do")]
    [InlineData("pk_0123456789 abcdef", "The key ••••cdef is no private key, because it holds characters that no key has")]
    [InlineData("pk_schlüssel_0123456", "The secret 'klaviyoKey' holds a character that is not ASCII, which no key, token or password of a far end has")]
    public async Task Key_that_looks_like_no_private_key_is_recognised_when_Klaviyo_refuses_it(string key, string expected)
    {
        using var fixture = new CheckFixture(("Secrets__klaviyoKey", key));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(401, CheckFixture.Unauthenticated);

        (await fixture.LineAsync(Key)).Detail.ShouldBe(expected);
    }

    [Theory]
    [InlineData("pk_a\n", "The secret 'klaviyoKey' holds a line break")]
    [InlineData("  ", "The secret 'klaviyoKey' is empty")]
    public async Task Key_that_no_header_can_carry_is_not_sent(string key, string expected)
    {
        using var fixture = new CheckFixture(("Secrets__klaviyoKey", key));

        (await fixture.LineAsync(Key)).Detail.ShouldBe(expected);
        fixture.Relay.Klaviyo.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Throttled_check_could_not_be_told_and_says_when_to_come_back()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(429, retryAfter: 37);

        var line = await fixture.LineAsync(Key);

        line.ShouldBe(new CheckLine(Key, CheckOutcome.Unknown, "Could not be told: Klaviyo takes no more requests just now (429)", "try again in 37 s"));
        // Until then, checks ask nothing.
        (await fixture.LineAsync(Key)).Outcome.ShouldBe(CheckOutcome.Unknown);
        fixture.Relay.Klaviyo.Requests.Count(request => request.Address.AbsolutePath == "/api/accounts").ShouldBe(1);
    }

    [Fact]
    public async Task Checks_of_an_account_keep_to_its_limit_of_one_a_second_and_a_share_of_15_a_minute()
    {
        using var fixture = new CheckFixture();
        for (var time = 0; time < 12; time++)
        {
            (await fixture.LineAsync(Key)).Outcome.ShouldBe(CheckOutcome.Ok);
        }

        fixture.Relay.Clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(11));
        (await fixture.LineAsync(Key)).ShouldBe(
            new CheckLine(Key, CheckOutcome.Unknown, "Could not be told: Klaviyo allows few checks a minute, and these are used up", "try again in 60 s"));
        fixture.Accounts.Count.ShouldBe(12);
    }

    [Theory]
    [InlineData(202, "")]
    [InlineData(404, "")]
    [InlineData(503, "")]
    [InlineData(400, CheckFixture.Unauthenticated)]
    public async Task Scope_is_not_ok_when_the_answer_does_not_tell(int status, string body)
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(status, body);

        (await fixture.LineAsync(EventsWrite)).Outcome.ShouldBe(CheckOutcome.Unknown);
    }

    [Fact]
    public async Task Page_of_Klaviyos_edge_does_not_tell_that_a_scope_is_missing()
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(403, "<html>", "text/html");

        (await fixture.LineAsync(EventsWrite)).Outcome.ShouldBe(CheckOutcome.Unknown);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    public async Task Check_that_meets_a_refusal_leaves_deliveries_alone(int status)
    {
        using var fixture = new CheckFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(status, CheckFixture.Unauthenticated, retryAfter: 600);
        fixture.Relay.Klaviyo.On(HttpMethod.Post, StubApiExtensions.Events).Reply(status, CheckFixture.Unauthenticated, retryAfter: 600).Then(202);
        await fixture.CheckAsync("gladly");
        var asked = fixture.Relay.Clock.Elapsed;
        fixture.Relay.Klaviyo.AcceptsEvents();

        var failure = await fixture.Relay.Get<KlaviyoClient>().CreateEventAsync(
            fixture.Relay.Account("main"),
            Delivery.Of(new RelayMessageBuilder().Message, fixture.Relay.Connection("gladly"), fixture.Relay.Account("main"), ["ann@shop.example"]).Single().Event,
            fixture.Relay.Budget,
            TestContext.Current.CancellationToken);

        failure.ShouldBeNull();
        fixture.Relay.Clock.Elapsed.ShouldBe(asked);
    }

    [Fact]
    public async Task Test_event_has_neither_metric_nor_profile()
    {
        using var fixture = new CheckFixture();

        await fixture.CheckAsync("gladly");

        fixture.Relay.Klaviyo.EventRequests().Single().Body.ShouldBe("""{"data":{"type":"event","attributes":{}}}""");
    }
}
