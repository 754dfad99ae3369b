using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Tests.Settings;

/// <summary>Every wrong setting stops the start with a line that names it as the environment does and says what it should be.</summary>
public sealed class RelayOptionsTests
{
    private const string Gladly = "Relay__Connections__gladly__";
    private const string Kustomer = "Relay__Connections__kustomer__";

    private static readonly string LongName = new('n', 128);

    /// <summary>A setting, its wrong value (null: missing) and the line about it.</summary>
    public static TheoryData<string, string?, string> Wrong => new()
    {
        { "Relay__Accounts__main__PrivateKeySecret", "", "Relay__Accounts__main__PrivateKeySecret is missing: it should be the name of the secret that holds the Klaviyo private key." },
        { "Relay__Accounts__main__RateShare", "0", "Relay__Accounts__main__RateShare is '0': it should be a number above 0 and at most 1." },
        { "Relay__Accounts__main__RateShare", "1.5", "Relay__Accounts__main__RateShare is '1.5': it should be a number above 0 and at most 1." },
        { "Relay__Accounts__main__RateShare", "-0.1", "Relay__Accounts__main__RateShare is '-0.1': it should be a number above 0 and at most 1." },
        { "Relay__Accounts__main__RateShare", "NaN", "Relay__Accounts__main__RateShare is 'NaN': it should be a number above 0 and at most 1." },
        { "Relay__Accounts__main__RateShare", "abc", "Relay__Accounts__main__RateShare is 'abc': it should be a number such as 0.8." },
        { "Relay__Accounts__main__RateShare", "0,8", "Relay__Accounts__main__RateShare is '0,8': it should be a number such as 0.8." },
        { "Secrets__klaviyoKey", null, "Secrets__klaviyoKey is missing: it should be the Klaviyo private key, which Relay__Accounts__main__PrivateKeySecret asks for (or set KeyVault__Uri to read it from Key Vault)." },
        { Gladly + "Helpdesk", null, Gladly + "Helpdesk is missing: it should be gladly, kustomer or generic." },
        { Gladly + "Helpdesk", "zendesk", Gladly + "Helpdesk is 'zendesk': it should be gladly, kustomer or generic." },
        { Gladly + "Helpdesk", "1", Gladly + "Helpdesk is '1': it should be gladly, kustomer or generic." },
        { Gladly + "Account", null, Gladly + "Account is missing: it should be one of main, or a new Relay__Accounts__{name}__PrivateKeySecret." },
        { Gladly + "Account", "other", Gladly + "Account is 'other': it should be one of main, or a new Relay__Accounts__{name}__PrivateKeySecret." },
        { Gladly + "CreateProfiles", "yes", Gladly + "CreateProfiles is 'yes': it should be a true or false value." },
        { Gladly + "Emails", "some", Gladly + "Emails is 'some': it should be all, primary or verified." },
        { Gladly + "Emails", "verified", Gladly + "Emails is 'verified': it should be all or primary, because Gladly does not mark emails as verified." },
        { Gladly + "Webhook__Kind", null, Gladly + "Webhook__Kind is missing: it should be basic, header, hmac-sha256-hex, hmac-sha256-base64, hmac-sha256-timestamped, hmac-sha1-hex, standard-webhooks, hmac-custom; a connection without webhook authentication does not start." },
        { Gladly + "Webhook__Kind", "none", Gladly + "Webhook__Kind is 'none': it should be basic, header, hmac-sha256-hex, hmac-sha256-base64, hmac-sha256-timestamped, hmac-sha1-hex, standard-webhooks, hmac-custom; a connection without webhook authentication does not start." },
        { Gladly + "Webhook__Username", null, Gladly + "Webhook__Username is missing: it should be the user name that the helpdesk sends." },
        { Gladly + "Webhook__Username", "a:b", Gladly + "Webhook__Username is 'a:b': it should be without a colon, which HTTP Basic can't carry in a user name." },
        { Gladly + "Webhook__Secret", null, Gladly + "Webhook__Secret is missing: it should be the name of the secret that holds the webhook's password, token or signing key." },
        { "Secrets__gladlyPassword", "", "Secrets__gladlyPassword is missing: it should be the webhook's password, token or signing key, which " + Gladly + "Webhook__Secret asks for (or set KeyVault__Uri to read it from Key Vault)." },
        { Gladly + "Gladly__BaseAddress", null, Gladly + "Gladly__BaseAddress is missing: it should be an https:// address without query (plain http:// on loopback only)." },
        { Gladly + "Gladly__BaseAddress", "http://acme.gladly.com", Gladly + "Gladly__BaseAddress is 'http://acme.gladly.com': it should be an https:// address without query (plain http:// on loopback only)." },
        { Gladly + "Gladly__ApiUser", null, Gladly + "Gladly__ApiUser is missing: it should be the email address of the agent that the API token belongs to." },
        { Gladly + "Gladly__ApiTokenSecret", null, Gladly + "Gladly__ApiTokenSecret is missing: it should be the name of the secret that holds the Gladly API token." },
        { Gladly + "Gladly__RequestsPerSecond", "0", Gladly + "Gladly__RequestsPerSecond is '0': it should be a whole number from 1 to 100000." },
        { Gladly + "Gladly__RequestsPerSecond", "ten", Gladly + "Gladly__RequestsPerSecond is 'ten': it should be a whole number." },
        { Gladly + "Gladly__RequestsPerSecond", "1.5", Gladly + "Gladly__RequestsPerSecond is '1.5': it should be a whole number." },
        { Kustomer + "Kustomer__BaseAddress", "ftp://acme", Kustomer + "Kustomer__BaseAddress is 'ftp://acme': it should be an https:// address without query (plain http:// on loopback only)." },
        { Kustomer + "Kustomer__ApiKeySecret", null, Kustomer + "Kustomer__ApiKeySecret is missing: it should be the name of the secret that holds the Kustomer API key." },
        { Kustomer + "Kustomer__RequestsPerMinute", "100001", Kustomer + "Kustomer__RequestsPerMinute is '100001': it should be a whole number from 1 to 100000." },
        { Gladly + "Metrics__Opened", " ", Gladly + "Metrics__Opened is missing: it should be a name of 1 to 127 characters." },
        { Gladly + "Metrics__Rated", LongName, Gladly + $"Metrics__Rated is '{LongName}': it should be a name of 1 to 127 characters." },
        { Gladly + "Properties__Subject", "", Gladly + "Properties__Subject is missing: it should be a name." },
        { Gladly + "Properties__Rating", "score", Gladly + "Properties is 'conversationId, conversationLink, conversationChannel, subject, score, score': it should be six different names." },
        { "Relay__Delivery__BatchBudget", "00:04:01", "Relay__Delivery__BatchBudget is '00:04:01': it should be above 00:00:00 and at most 00:04:00." },
        { "Relay__Delivery__BatchBudget", "00:00:00", "Relay__Delivery__BatchBudget is '00:00:00': it should be above 00:00:00 and at most 00:04:00." },
        { "Relay__Delivery__BatchBudget", "soon", "Relay__Delivery__BatchBudget is 'soon': it should be a time such as 00:15:00." },
        { "Relay__Delivery__BulkThreshold", "-1", "Relay__Delivery__BulkThreshold is '-1': it should be 0 or more." },
        { "Relay__Records__StuckAfter", "00:00:59", "Relay__Records__StuckAfter is '00:00:59': it should be from 00:01:00 to 6.00:00:00." },
        { "Relay__Records__StuckAfter", "7.00:00:00", "Relay__Records__StuckAfter is '7.00:00:00': it should be from 00:01:00 to 6.00:00:00." },
        { "Relay__DeadLetters__Hold", "00:00:00", "Relay__DeadLetters__Hold is '00:00:00': it should be above 00:00:00 and at most 6.00:00:00." },
        { "Relay__DeadLetters__GiveUpAfter", "00:14:59", "Relay__DeadLetters__GiveUpAfter is '00:14:59': it should be at least Relay__DeadLetters__Hold (00:15:00)." },
        { "Klaviyo__BaseAddress", "http://a.klaviyo.com", "Klaviyo__BaseAddress is 'http://a.klaviyo.com': it should be an https:// address without query (plain http:// on loopback only)." },
    };

    [Fact]
    public void Right_settings_start() => Errors(TestSettings.With()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_setting_stops_the_start_with_one_line(string setting, string? value, string line) =>
        Errors(TestSettings.With((setting, value))).ShouldBe([line]);

    [Theory]
    [InlineData("Relay__Accounts__Main__PrivateKeySecret", "Relay__Accounts__Main")]
    [InlineData("Relay__Accounts__a-b__PrivateKeySecret", "Relay__Accounts__a-b")]
    [InlineData("Relay__Accounts__a23456789012345678901234567890123__PrivateKeySecret", "Relay__Accounts__a23456789012345678901234567890123")]
    public void Name_of_an_account_is_checked(string setting, string named) =>
        Errors(TestSettings.With(("Relay__Accounts__main__PrivateKeySecret", null), (Gladly + "Account", setting.Split("__")[2]), (Kustomer + "Account", setting.Split("__")[2]), (setting, "klaviyoKey")))
            .ShouldBe([$"{named} is '{named.Split("__")[2]}': it should be named with 1 to 32 of a-z, 0-9 and _."]);

    [Theory]
    [InlineData("Shop")]
    [InlineData("my-shop")]
    public void Name_of_a_connection_is_checked(string name)
    {
        var differences = TestSettings.Default().Keys.Where(key => key.StartsWith(Gladly, StringComparison.Ordinal))
            .SelectMany(key => new (string, string?)[] { (key, null), (key.Replace("__gladly__", $"__{name}__", StringComparison.Ordinal), TestSettings.Default()[key]) });

        Errors(TestSettings.With([.. differences])).ShouldBe([$"Relay__Connections__{name} is '{name}': it should be named with 1 to 32 of a-z, 0-9 and _."]);
    }

    [Fact]
    public void Connection_is_needed() =>
        Errors(TestSettings.Of(TestSettings.Default().Where(setting => !setting.Key.StartsWith("Relay__Connections", StringComparison.Ordinal))))
            .ShouldBe(["Relay__Connections__{name}__Helpdesk is missing: it should be gladly, kustomer or generic, for at least one connection."]);

    [Fact]
    public void Account_is_needed() =>
        Errors(TestSettings.With(("Relay__Accounts__main__PrivateKeySecret", null))).ShouldBe(
        [
            Gladly + "Account is 'main': it should be a key of Relay__Accounts.",
            Kustomer + "Account is 'main': it should be a key of Relay__Accounts.",
        ]);

    [Fact]
    public void Every_wrong_setting_has_its_line() =>
        Errors(TestSettings.With((Gladly + "Emails", "some"), (Gladly + "Webhook__Username", null), (Kustomer + "Kustomer__ApiKeySecret", null))).Count.ShouldBe(3);

    [Fact]
    public void Secret_need_not_be_in_the_settings_when_there_is_a_key_vault() =>
        Errors(TestSettings.With(("Secrets__klaviyoKey", null), ("Secrets__gladlyPassword", null), ("KeyVault__Uri", "https://vault.test"))).ShouldBeEmpty();

    [Theory]
    [InlineData("http://vault.test")]
    [InlineData("vault")]
    public void Key_vaults_address_is_checked(string address) =>
        Should.Throw<OptionsValidationException>(() => Errors(TestSettings.With(("KeyVault__Uri", address))))
            .Failures.ShouldBe([$"KeyVault__Uri is '{address}': it should be an https:// address."]);

    [Fact]
    public void Line_about_a_secret_never_shows_a_value() =>
        string.Join('\n', Errors(TestSettings.With((Gladly + "Emails", "some"), ("Secrets__kustomerKey", null)))).ShouldNotContain("gladly-password");

    private static IReadOnlyList<string> Errors(IConfiguration configuration) => SettingsCheck.Errors(configuration);
}
