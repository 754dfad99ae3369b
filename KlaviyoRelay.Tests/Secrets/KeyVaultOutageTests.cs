using Azure.Identity;
using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>The ways in which a vault can be out of reach.</summary>
public sealed class KeyVaultOutageTests : KeyVaultTest
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Vault_that_goes_on_failing_is_unreachable_after_three_tries(int status)
    {
        Vault.Answers([.. Enumerable.Repeat(LoopbackAnswer.Status(status), 3)]);

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Unreachable);
        exception.Message.ShouldBe($"The secret 'key' can't be read, because {Vault.Uri} does not answer as a vault does ({status}): check KeyVault__Uri and the network.");
        Vault.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Vault_that_refuses_connections_is_unreachable()
    {
        await Vault.StopAsync();

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Unreachable);
        exception.Message.ShouldBe($"The secret 'key' can't be read, because {Vault.Uri} does not answer as a vault does (no connection): check KeyVault__Uri and the network.");
    }

    [Fact]
    public async Task Vault_that_never_answers_is_given_up_after_12_seconds()
    {
        Vault.Answers(LoopbackAnswer.Silence(() => Clock.Advance(TimeSpan.FromSeconds(12))));

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Unreachable);
        exception.Message.ShouldContain("no answer in time");
    }

    [Fact]
    public async Task Answer_that_is_no_vaults_is_unreachable()
    {
        Vault.Answers(context => context.Response.WriteAsync("<html>Sign in to the hotel's network</html>"));

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Unreachable);
        exception.Message.ShouldNotContain("hotel");
    }

    [Fact]
    public async Task Failed_sign_in_speaks_of_the_identity()
    {
        foreach (var failure in new Exception[] { new AuthenticationFailedException("no"), new CredentialUnavailableException("none") })
        {
            Vault.Credential.Failure = failure;
            var store = CreateStore(Vault);

            var exception = await Should.ThrowAsync<SecretUnavailableException>(async () => await store.GetAsync("key", Token));

            exception.Problem.ShouldBe(SecretProblem.Unreachable);
            exception.Message.ShouldContain("AZURE_CLIENT_ID");
            exception.Message.ShouldContain("az login");
        }
    }

    [Fact]
    public void Vaults_client_is_tried_briefly()
    {
        var retry = KeyVaultOptions.Client().Retry;

        retry.MaxRetries.ShouldBe(2);
        (retry.NetworkTimeout * 3).ShouldBeLessThan(TimeSpan.FromSeconds(12));
    }
}
