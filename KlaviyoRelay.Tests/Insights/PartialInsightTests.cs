using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Insights;

/// <summary>What a card is told when a part can't be read.</summary>
public sealed class PartialInsightTests
{
    [Theory]
    [InlineData("segments")]
    [InlineData("lists")]
    public async Task Part_that_is_throttled_is_missing_with_the_time_to_ask_again_and_the_others_are_there(string part)
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{InsightFixture.Profile}/{part}").Reply(429, retryAfter: 40);

        var profile = await fixture.ProfileAsync();

        (part == "segments" ? profile.Segments : profile.Lists).ShouldBeNull();
        (part == "segments" ? profile.Lists : profile.Segments).ShouldNotBeNull().Count.ShouldBe(1);
        profile.Messages.ShouldNotBeNull().Count.ShouldBe(1);
        profile.Missing.ShouldBe([new MissingPart(part, $"Klaviyo's limit for {part} is used up.", 40)]);
    }

    [Fact]
    public async Task Throttled_part_is_not_asked_again_before_its_time_for_any_customer()
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Kustomer.KnowsKustomer("c2", InsightFixture.Jane);
        var segments = fixture.Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{InsightFixture.Profile}/segments").Reply(429, retryAfter: 40).Then(200, """{"data":[]}""");

        await fixture.FindAsync();
        fixture.Relay.Clock.Advance(TimeSpan.FromSeconds(30));
        (await fixture.FindAsync()).Accounts[0].Profiles[0].Segments.ShouldBeNull();
        segments.Count.ShouldBe(1);
        fixture.Relay.Clock.Advance(TimeSpan.FromSeconds(11));

        (await fixture.FindAsync(customer: "c2")).Accounts[0].Profiles[0].Segments.ShouldNotBeNull();
        segments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Events_that_can_not_be_read_leave_messages_and_conversations_out()
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Events).Reply(403);

        var profile = await fixture.ProfileAsync();

        (profile.Messages, profile.Conversations).ShouldBe((null, null));
        profile.Missing.ShouldBe([new MissingPart("messages", "The relay's Klaviyo key may not read events.", null), new MissingPart("conversations", "The relay's Klaviyo key may not read events.", null)]);
        profile.Lists.ShouldNotBeNull();
    }

    [Fact]
    public async Task Message_has_its_own_name_and_no_link_when_its_campaign_can_not_be_asked_for()
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/campaign-messages/M1/campaign").Reply(429, retryAfter: 30);

        var message = (await fixture.ProfileAsync()).Messages.ShouldNotBeNull().ShouldHaveSingleItem();

        (message.Name, message.Link).ShouldBe(("Winter sale (email)", null));
    }

    [Theory]
    [InlineData(403, null, 0)]
    [InlineData(503, null, 1)]
    public async Task Account_without_a_name_says_so_unless_the_key_may_not_read_it(int status, string? name, int missing)
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(status);

        var account = (await fixture.FindAsync()).Accounts.ShouldHaveSingleItem();

        (account.Name, account.Missing.Count, account.Profiles.Count).ShouldBe((name, missing, 1));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Nothing_is_told_when_no_profiles_can_be_read(int status)
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(status, retryAfter: 20);

        var outcome = (await fixture.AskAsync()).ShouldBeOfType<InsightOutcome.Unavailable>();

        outcome.RetryAfter.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        fixture.Lists.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(404, typeof(InsightOutcome.UnknownCustomer))]
    [InlineData(401, typeof(InsightOutcome.Unavailable))]
    [InlineData(503, typeof(InsightOutcome.Unavailable))]
    public async Task Klaviyo_is_not_asked_when_the_helpdesk_does_not_tell_the_emails(int status, Type outcome)
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c2").Reply(status);

        (await fixture.AskAsync(customer: "c2")).ShouldBeOfType(outcome);

        fixture.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Throttled_cards_pause_no_other_lane()
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles, request => request.Address.Query.Contains("subscriptions", StringComparison.Ordinal)).Reply(429, retryAfter: 60);
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles, request => !request.Address.Query.Contains("subscriptions", StringComparison.Ordinal)).Reply(200, """{"data":[]}""");
        var account = fixture.Relay.Account("main");

        (await fixture.AskAsync()).ShouldBeOfType<InsightOutcome.Unavailable>();

        var before = fixture.Relay.Clock.Elapsed;
        account.Limiter(KlaviyoEndpoint.FindProfiles, Lane.Insights).Wait.ShouldBeGreaterThan(TimeSpan.FromSeconds(30));
        account.Profiles.Wait.ShouldBe(TimeSpan.Zero);
        (await fixture.Relay.Get<KlaviyoClient>().FindProfilesAsync(account, [InsightFixture.Jane], fixture.Relay.Budget, TestContext.Current.CancellationToken)).IsSuccess.ShouldBeTrue();
        fixture.Relay.Clock.Elapsed.ShouldBe(before);
        account.Events.Wait.ShouldBe(TimeSpan.Zero);
    }
}
