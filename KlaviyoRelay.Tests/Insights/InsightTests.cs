using KlaviyoRelay.Core.Insights;

namespace KlaviyoRelay.Tests.Insights;

/// <summary>What a card is told of a customer.</summary>
public sealed class InsightTests
{
    [Fact]
    public async Task Insight_tells_all_that_klaviyo_knows_of_a_customer_with_links()
    {
        using var fixture = new InsightFixture();

        var insight = await fixture.FindAsync();

        (insight.Connection, insight.Customer).ShouldBe(("kustomer", "c1"));
        var account = insight.Accounts.ShouldHaveSingleItem();
        (account.Account, account.Name, account.Missing.Count).ShouldBe(("main", "Acme Shop", 0));
        var profile = account.Profiles.ShouldHaveSingleItem();
        (profile.Id, profile.Link, profile.IsStale, profile.AsOf).ShouldBe(("01JANE", "https://www.klaviyo.com/profile/01JANE", false, TestClock.Start));
        profile.Consent.ShouldBe([new ChannelConsent("email", "subscribed", CanReceive: true, new DateTimeOffset(2025, 11, 1, 8, 0, 0, TimeSpan.Zero))]);
        profile.Suppressions.ShouldBeEmpty();
        // Gladly's connection feeds the account too.
        profile.InConversation.ShouldBe([new ConversationFlag("In Gladly Conversation", null), new ConversationFlag("In Kustomer Conversation", true)]);
        profile.Lists.ShouldBe([new LinkedName("Newsletter", "https://www.klaviyo.com/lists/Ab12Cd")]);
        profile.Segments.ShouldBe([new LinkedName("VIP", "https://www.klaviyo.com/lists/Xy98Zw")]);
        profile.Messages.ShouldBe([new ReceivedMessage("campaign", "email", "Winter sale", "-20 %", "https://www.klaviyo.com/campaign/C1/wizard", At(9, 0), At(10, 0), ClickedAt: null)]);
        profile.Conversations.ShouldBe([new ConversationMoment("Kustomer Conversation Create", At(9, 30))]);
        profile.Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task Insight_has_a_block_for_each_profile_and_the_freshest_comes_first()
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Kustomer.KnowsKustomer("c2", "old@shop.example", "New@shop.example", "none@shop.example");
        fixture.HasProfiles(("01OLD", "old@shop.example", "2025-01-01T00:00:00+00:00"), ("01NEW", "new@shop.example", "2026-01-01T00:00:00+00:00"), ("01SOMEBODY", "somebody@shop.example", null));
        foreach (var id in new[] { "01OLD", "01NEW" })
        {
            fixture.Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{id}/lists").Reply(200, """{"data":[]}""");
            fixture.Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{id}/segments").Reply(200, """{"data":[]}""");
        }

        var insight = await fixture.FindAsync(customer: "c2");

        // What Klaviyo answers of somebody else is not shown.
        insight.Accounts.ShouldHaveSingleItem().Profiles.Select(profile => profile.Id).ShouldBe(["01NEW", "01OLD"]);
        insight.Accounts[0].Profiles[0].Lists.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task Insight_has_no_profiles_when_klaviyo_has_none_of_the_emails()
    {
        using var fixture = new InsightFixture();
        fixture.HasProfiles();

        var account = (await fixture.FindAsync()).Accounts.ShouldHaveSingleItem();

        account.Profiles.ShouldBeEmpty();
        account.Missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task Klaviyo_is_not_asked_when_the_customer_has_no_valid_email()
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Kustomer.KnowsKustomer("c2", "no address", "");

        (await fixture.FindAsync(customer: "c2")).Accounts.ShouldHaveSingleItem().Profiles.ShouldBeEmpty();

        fixture.Search.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Shared_emails_are_not_asked_for_and_valid_ones_are_asked_as_the_relay_sends_them()
    {
        using var fixture = new InsightFixture();
        fixture.Relay.Kustomer.KnowsKustomer("c2", "Jane <JANE@shop.example>");

        await fixture.FindAsync(customer: "c2");

        // KnowsKustomer's customers all have shared@acme.test too.
        fixture.Relay.Klaviyo.Requests.Single(request => request.Address.AbsolutePath == StubApiExtensions.Profiles).Address.Query.ShouldContain(Uri.EscapeDataString("any(email,[\"jane@shop.example\"])"));
    }

    [Fact]
    public async Task Emails_are_those_that_the_connections_rule_picks()
    {
        using var fixture = new InsightFixture(("Relay__Connections__kustomer__Emails", "primary"));
        fixture.Relay.Kustomer.KnowsKustomer("c2", InsightFixture.Jane, "second@shop.example");

        await fixture.FindAsync(customer: "c2");

        fixture.Relay.Klaviyo.Requests.Single(request => request.Address.AbsolutePath == StubApiExtensions.Profiles).Address.Query.ShouldNotContain("second");
    }

    [Fact]
    public async Task Insight_has_a_block_for_each_account_of_a_connection_with_brands()
    {
        using var fixture = new InsightFixture(
            ("Relay__Accounts__europe__PrivateKeySecret", "europeKey"),
            ("Secrets__europeKey", "pk_europe"),
            ("Secrets__conversationRecordKey", "0123456789abcdef"),
            ("Relay__Connections__kustomer__Brands__eu__Ids", "b1"),
            ("Relay__Connections__kustomer__Brands__eu__Account", "europe"));
        fixture.Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles, request => request.Headers["Authorization"].EndsWith("pk_europe", StringComparison.Ordinal)).Reply(503);

        var insight = await fixture.FindAsync();

        insight.Accounts.Select(account => (account.Account, account.Profiles.Count)).ShouldBe([("main", 1), ("europe", 0)]);
        insight.Accounts[1].Missing.ShouldHaveSingleItem().ShouldBe(new MissingPart("profile", "Klaviyo did not answer.", 5));
    }

    [Fact]
    public async Task Links_lead_where_the_settings_say()
    {
        using var fixture = new InsightFixture(
            ("Relay__Insights__Links__Profile", "https://klaviyo.example/p/{id}?from=card"), ("Relay__Insights__Links__Campaign", ""), ("Relay__Insights__Links__Segment", "https://klaviyo.example/s/{id}"));

        var profile = await fixture.ProfileAsync();

        profile.Link.ShouldBe("https://klaviyo.example/p/01JANE?from=card");
        profile.Messages.ShouldNotBeNull().ShouldHaveSingleItem().Link.ShouldBeNull();
        profile.Segments.ShouldNotBeNull().ShouldHaveSingleItem().Link.ShouldBe("https://klaviyo.example/s/Xy98Zw");
    }

    [Fact]
    public async Task Answer_has_no_email_and_times_in_utc()
    {
        using var fixture = new InsightFixture();

        var json = System.Text.Json.JsonSerializer.Serialize(await fixture.FindAsync(), InsightJsonContext.Readable.Insight);

        json.ShouldNotContain("@");
        json.ShouldContain("\"asOf\":\"2026-01-15T14:03:00Z\"");
        json.ShouldContain("\"inConversation\":[{\"property\":\"In Gladly Conversation\",\"value\":null}");
        json.ShouldContain("\"clickedAt\":null");
    }

    private static DateTimeOffset At(int hour, int minute) => new(2026, 1, 14, hour, minute, 0, TimeSpan.Zero);
}
