namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

public sealed class WebhookSettingsTests
{
    private const string Webhook = "Relay__Connections__gladly__Webhook__";

    [Theory]
    [InlineData("Kind", "hmac", "is 'hmac': it should be basic, header, hmac-sha256-hex, hmac-sha256-base64, hmac-sha256-timestamped, hmac-sha1-hex, standard-webhooks, hmac-custom; a connection without webhook authentication does not start.")]
    [InlineData("MaxConcurrency", "0", "is '0': it should be a whole number from 1 to 10000.")]
    [InlineData("MaxConcurrency", "10001", "is '10001': it should be a whole number from 1 to 10000.")]
    [InlineData("MaxConcurrency", "many", "is 'many': it should be a whole number.")]
    public void Start_fails_with_one_line_when_a_webhook_setting_is_wrong(string setting, string value, string expected) =>
        SettingsCheck.Errors(TestSettings.With((Webhook + setting, value))).ShouldBe([$"{Webhook}{setting} {expected}"]);

    [Theory]
    [InlineData("header")]
    [InlineData("hmac-sha256-base64")]
    [InlineData("hmac-custom")]
    public void Header_is_asked_for_where_the_kind_has_no_default(string kind) =>
        SettingsCheck.Errors(TestSettings.With(($"{Webhook}Kind", kind)))
            .ShouldBe([$"{Webhook}Header is missing: it should be the name of the header that carries the token or the signature."]);

    [Theory]
    [InlineData("hmac-sha256-hex")]
    [InlineData("hmac-sha256-timestamped")]
    [InlineData("hmac-sha1-hex")]
    [InlineData("standard-webhooks")]
    public void Header_is_not_asked_for_where_the_kind_has_a_default(string kind) =>
        SettingsCheck.Errors(TestSettings.With(($"{Webhook}Kind", kind))).ShouldBeEmpty();

    [Fact]
    public void Header_is_refused_when_it_can_not_be_one() =>
        SettingsCheck.Errors(TestSettings.With(($"{Webhook}Kind", "header"), ($"{Webhook}Header", "X-Token:")))
            .ShouldBe([$"{Webhook}Header is 'X-Token:': it should be the name of the header that carries the token or the signature."]);

    [Fact]
    public void Second_secret_is_asked_for_when_it_is_named() =>
        SettingsCheck.Errors(TestSettings.With(($"{Webhook}SecondSecret", "nextPassword")))
            .ShouldBe([$"Secrets__nextPassword is missing: it should be the webhook's other password, token or signing key, which {Webhook}SecondSecret asks for (or set KeyVault__Uri to read it from Key Vault)."]);
}
