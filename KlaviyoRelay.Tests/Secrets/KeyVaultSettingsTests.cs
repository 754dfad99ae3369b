using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Tests.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>How the relay is put together with a vault.</summary>
public sealed class KeyVaultSettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Secrets_come_from_the_vault_that_the_setting_names_through_one_client()
    {
        using var relay = new RelayFixture(("KeyVault__Uri", "https://relay.vault.azure.net"));

        relay.Get<ISecretStore>().ShouldBeOfType<KeyVaultSecretStore>();
        relay.Get<ISecretStore>().ShouldBeSameAs(relay.Get<ISecretStore>());
        relay.Get<SecretClient>().ShouldBeSameAs(relay.Get<SecretClient>());
        relay.Get<SecretClient>().VaultUri.ShouldBe(new Uri("https://relay.vault.azure.net"));
    }

    [Fact]
    public void Nothing_is_asked_before_a_secret_is_needed()
    {
        var credential = new VaultCredential();
        using var relay = new RelayFixture(services => services.AddSingleton<TokenCredential>(credential), ("KeyVault__Uri", "https://relay.vault.azure.net"));

        _ = relay.Get<ISecretStore>();
        _ = relay.Connection("gladly");
        _ = relay.Account("main");

        credential.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reads_of_the_vault_are_counted_by_what_became_of_them()
    {
        await using var vault = (await LoopbackVault.StartAsync()).Holds("klaviyoKey", "pk_one");
        using var relay = new RelayFixture(services => services.AddSingleton(vault.CreateClient()), ("KeyVault__Uri", vault.Uri.AbsoluteUri));
        using var rows = new MetricRows(relay);
        var store = relay.Get<ISecretStore>();

        await store.GetAsync("klaviyoKey", Cancellation);
        await FailsAsync("missing");
        vault.Answers(LoopbackVault.Refuse(403, "Forbidden"));
        await FailsAsync("forbidden");
        await vault.StopAsync();
        await FailsAsync("unreachable");

        rows.Take().Select(row => $"{row}").ShouldBe(
            [
                $"{RelayMetricNames.SecretsRefreshed} 1 ",
                $"{RelayMetricNames.SecretsFailed} 1 relay.reason=missing",
                $"{RelayMetricNames.SecretsFailed} 1 relay.reason=forbidden",
                $"{RelayMetricNames.SecretsFailed} 1 relay.reason=unreachable",
            ],
            ignoreOrder: true);

        async Task FailsAsync(string name) => await Should.ThrowAsync<SecretUnavailableException>(async () => await store.GetAsync(name, Cancellation));
    }
}
