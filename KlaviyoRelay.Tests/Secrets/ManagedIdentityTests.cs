using Azure.Core;
using Azure.Identity;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>Signing in as the app does on Azure. The endpoint is told by the process's environment.</summary>
[Collection(typeof(WithTheEnvironmentToThemselves))]
public sealed class ManagedIdentityTests : IAsyncLifetime
{
    private readonly ProcessEnvironment _environment = new();
    private LoopbackIdentity? _identity;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LoopbackIdentity Identity => _identity ?? throw new InvalidOperationException("The test has not begun.");

    public async ValueTask InitializeAsync()
    {
        _identity = await LoopbackIdentity.StartAsync();
        _environment.Set("IDENTITY_ENDPOINT", _identity.Address);
        _environment.Set("IDENTITY_HEADER", LoopbackIdentity.Header);
    }

    public async ValueTask DisposeAsync()
    {
        _environment.Dispose();
        await Identity.DisposeAsync();
    }

    [Fact]
    public async Task Secret_is_read_with_a_token_of_the_identity_that_the_setting_names()
    {
        await using var vault = (await LoopbackVault.StartAsync(LoopbackIdentity.Token)).Holds("klaviyoKey", "pk_one");
        using var relay = Relay(vault, "0f1e2d3c-0000-4000-8000-000000000001");
        Identity.Requests.ShouldBeEmpty();

        (await relay.Get<ISecretStore>().GetAsync("klaviyoKey", Cancellation)).ShouldBe("pk_one");

        var asked = Identity.Requests.ShouldHaveSingleItem();
        asked.Headers["X-IDENTITY-HEADER"].ShouldBe(LoopbackIdentity.Header);
        asked.Target.ShouldContain("api-version=2019-08-01");
        Uri.UnescapeDataString(asked.Target).ShouldContain("resource=https://vault.azure.net");
        asked.Target.ShouldContain("client_id=0f1e2d3c-0000-4000-8000-000000000001");
        vault.Requests[^1].Headers["Authorization"].ShouldBe($"Bearer {LoopbackIdentity.Token}");
    }

    [Fact]
    public async Task Token_is_used_for_every_secret()
    {
        await using var vault = (await LoopbackVault.StartAsync(LoopbackIdentity.Token)).Holds("klaviyoKey", "pk_one").Holds("gladlyToken", "two");
        using var relay = Relay(vault, "0f1e2d3c-0000-4000-8000-000000000002");

        await relay.Get<ISecretStore>().GetAsync("klaviyoKey", Cancellation);
        await relay.Get<ISecretStore>().GetAsync("gladlyToken", Cancellation);

        Identity.Requests.Count.ShouldBe(1);
        vault.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Identity_that_the_app_does_not_have_is_unreachable_and_names_the_setting()
    {
        Identity.Status = 400;
        await using var vault = (await LoopbackVault.StartAsync(LoopbackIdentity.Token)).Holds("klaviyoKey", "pk_one");
        using var relay = Relay(vault, "0f1e2d3c-0000-4000-8000-000000000003");

        var exception = await Should.ThrowAsync<SecretUnavailableException>(async () => await relay.Get<ISecretStore>().GetAsync("klaviyoKey", Cancellation));

        exception.Problem.ShouldBe(SecretProblem.Unreachable);
        exception.Message.ShouldBe(
            $"The secret 'klaviyoKey' can't be read from {vault.Uri}, because the relay can't sign in to Azure: "
            + "check AZURE_CLIENT_ID and that the app has that identity; on your own machine, sign in with 'az login'.");
        vault.Reads.ShouldBe(0);
    }

    [Fact]
    public void Developers_sign_in_is_used_where_no_identity_is_set()
    {
        AzureCredential.Create(TestSettings.With()).ShouldBeOfType<DefaultAzureCredential>();
        AzureCredential.Create(TestSettings.With(("AZURE_CLIENT_ID", ""))).ShouldBeOfType<DefaultAzureCredential>();
        AzureCredential.Create(TestSettings.With(("AZURE_CLIENT_ID", "0f1e2d3c-0000-4000-8000-000000000004"))).ShouldBeOfType<ManagedIdentityCredential>();
        Identity.Requests.ShouldBeEmpty();
    }

    /// <summary>The relay as a host composes it, but for the way to the vault.</summary>
    private static RelayFixture Relay(LoopbackVault vault, string clientId) => new(
        services => services.AddSingleton(provider => vault.CreateClient(provider.GetRequiredService<TokenCredential>())),
        ("KeyVault__Uri", vault.Uri.AbsoluteUri),
        ("AZURE_CLIENT_ID", clientId));
}

/// <summary>Another test's credential must not see the environment that these set.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class WithTheEnvironmentToThemselves;
