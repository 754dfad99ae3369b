using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Tests.Secrets;

public sealed class ConfigurationSecretStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_is_read_from_the_settings()
    {
        var store = new ConfigurationSecretStore(TestSettings.With());

        (await store.GetAsync("klaviyoKey", Token)).ShouldBe("pk_main");
    }

    [Fact]
    public async Task Changed_secret_is_read_anew()
    {
        var configuration = TestSettings.With();
        var store = new ConfigurationSecretStore(configuration);
        await store.GetAsync("klaviyoKey", Token);
        configuration["Secrets:klaviyoKey"] = "pk_new";

        (await store.GetAsync("klaviyoKey", Token)).ShouldBe("pk_new");
        (await store.RefreshAsync("klaviyoKey", "pk_main", Token)).ShouldBe("pk_new");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Missing_secret_says_which_setting_to_set(string? value)
    {
        var store = new ConfigurationSecretStore(TestSettings.With(("Secrets__klaviyoKey", value)));

        var exception = await Should.ThrowAsync<SecretUnavailableException>(async () => await store.GetAsync("klaviyoKey", Token));

        exception.Message.ShouldBe("The secret 'klaviyoKey' is missing: set Secrets__klaviyoKey, or KeyVault__Uri to read it from Key Vault.");
    }
}
