using KlaviyoRelay.Core.Klaviyo;

namespace KlaviyoRelay.Tests.Insights;

public sealed class InsightOptionsTests
{
    [Theory]
    [InlineData("Relay__Insights__Instances", "0")]
    [InlineData("Relay__Insights__Instances", "1001")]
    [InlineData("Relay__Insights__Links__Profile", "http://klaviyo.example/{id}")]
    [InlineData("Relay__Insights__Links__List", "https://klaviyo.example/")]
    [InlineData("Relay__Insights__Links__Flow", "{id}")]
    [InlineData("Relay__Connections__kustomer__Card__RequestsPerMinute", "0")]
    public void Setting_that_can_not_be_meant_stops_the_start(string setting, string value) =>
        SettingsCheck.Errors(TestSettings.With([.. TestSettings.Card("kustomer"), (setting, value)])).ShouldHaveSingleItem().ShouldStartWith($"{setting} is '{value}'");

    [Fact]
    public void Second_secret_needs_a_first() =>
        SettingsCheck.Errors(TestSettings.With(("Relay__Connections__kustomer__Card__SecondSecret", "cardToken"))).ShouldHaveSingleItem().ShouldStartWith("Relay__Connections__kustomer__Card__Secret is missing");

    [Fact]
    public void Card_needs_a_helpdesk_that_can_be_asked() =>
        SettingsCheck.Errors(TestSettings.With([.. TestSettings.Desk("zendesk"), ("Relay__Connections__desk__Card__Secret", "cardToken"), ("Secrets__cardToken", "token")])).ShouldHaveSingleItem().ShouldContain("left out");

    [Fact]
    public void Secret_of_a_card_has_to_be_there() =>
        SettingsCheck.Errors(TestSettings.With(("Relay__Connections__kustomer__Card__Secret", "cardToken"))).ShouldHaveSingleItem().ShouldStartWith("Secrets__cardToken is missing");

    [Fact]
    public void Cards_take_a_small_part_of_the_profile_searches_half_of_the_events_and_all_that_they_alone_ask()
    {
        using var relay = new RelayFixture(TestSettings.Card("kustomer"));
        var account = relay.Account("main");

        account.PerMinute(KlaviyoEndpoint.FindProfiles, Lane.Insights).ShouldBe(60);
        account.PerMinute(KlaviyoEndpoint.FindProfiles, Lane.Conversations).ShouldBe(540);
        Limits(account, KlaviyoEndpoint.ReadProfileLists).ShouldBe([2, 48]);
        Limits(account, KlaviyoEndpoint.ReadProfileSegments).ShouldBe([2, 48]);
        Limits(account, KlaviyoEndpoint.ReadEvents).ShouldBe([140, 1400]);
        Limits(account, KlaviyoEndpoint.ReadMessageCampaign).ShouldBe([8, 120]);
    }

    [Fact]
    public void Cards_share_is_divided_by_the_instances_and_no_other_lanes_is()
    {
        using var relay = new RelayFixture([.. TestSettings.Card("kustomer"), ("Relay__Insights__Instances", "4")]);
        var account = relay.Account("main");

        Limits(account, KlaviyoEndpoint.FindProfiles).ShouldBe([1, 15]);
        Limits(account, KlaviyoEndpoint.ReadProfileLists).ShouldBe([1, 12]);
        account.PerMinute(KlaviyoEndpoint.FindProfiles, Lane.Conversations).ShouldBe(540);
    }

    [Fact]
    public void Account_of_a_brand_has_the_cards_lane_too()
    {
        using var relay = new RelayFixture(
        [
            .. TestSettings.Card("kustomer"), .. TestSettings.SecondAccount, ("Secrets__conversationRecordKey", "0123456789abcdef"),
            ("Relay__Connections__kustomer__Brands__b__Ids", "b1"), ("Relay__Connections__kustomer__Brands__b__Account", "second"),
        ]);

        relay.Account("second").PerMinute(KlaviyoEndpoint.FindProfiles, Lane.Conversations).ShouldBe(540);
    }

    private static IEnumerable<int> Limits(KlaviyoAccount account, KlaviyoEndpoint endpoint) => account.Limiter(endpoint, Lane.Insights).Use("main", "x").Windows.Select(window => window.Limit);
}
