namespace KlaviyoRelay.Tests.Settings;

/// <summary>An unknown setting is mostly a typing error. Without a refusal, the default would count.</summary>
public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Relay__Connections__gladly__Webook__Kind", "Webook", "Helpdesk, Account, Brands, CreateProfiles, Emails, ProfileProperty, Metrics, Properties, Webhook, Card, Gladly, Kustomer, Generic")]
    [InlineData("Relay__Connections__gladly__Emial", "Emial", "Helpdesk, Account, Brands, CreateProfiles, Emails, ProfileProperty, Metrics, Properties, Webhook, Card, Gladly, Kustomer, Generic")]
    [InlineData("Relay__Connections__gladly__Webhook__Token", "Token", "Kind, Username, Header, Secret, SecondSecret, MaxConcurrency, Signature")]
    [InlineData("Relay__Accounts__main__Key", "Key", "PrivateKeySecret, AuditKeySecret, CampaignsEnabled, CampaignsKeySecret, PublicApiKey, RateShare")]
    [InlineData("Relay__Conections__gladly__Helpdesk", "Conections", "Accounts, Connections, Syncs, Delivery, DeadLetters, Records, WriteVersion, State, Insights, Campaigns")]
    [InlineData("Relay__Delivery__BatchBuget", "BatchBuget", "BulkThreshold, BatchBudget")]
    [InlineData("Relay__Connections__desk__Generic__Kinds__Solved", "Solved", "Opened, Closed, Reopened, Rated")]
    [InlineData("Relay__Connections__gladly__Brands__us__Id", "Id", "Ids, Account")]
    [InlineData("Klaviyo__BaseAdress", "BaseAdress", "BaseAddress")]
    public void Unknown_setting_stops_the_start_with_its_name_and_the_known_ones(string setting, string word, string known)
    {
        var line = SettingsCheck.Errors(TestSettings.With((setting, "x"))).ShouldHaveSingleItem();

        line.ShouldBe($"{setting} is not a setting: '{word}' should be one of {known}.");
    }

    [Theory]
    [InlineData("relay__connections__gladly__emails", "primary")]
    [InlineData("RELAY__ACCOUNTS__main__RATESHARE", "0.5")]
    public void Case_of_a_setting_does_not_count(string setting, string value) => SettingsCheck.Errors(TestSettings.With((setting, value))).ShouldBeEmpty();
}
