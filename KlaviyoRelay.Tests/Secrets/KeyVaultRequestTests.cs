using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>What goes to the vault, and what its answers mean.</summary>
public sealed class KeyVaultRequestTests : KeyVaultTest
{
    [Fact]
    public async Task Secret_is_read_by_its_route_with_the_token_that_the_vaults_challenge_asks_for()
    {
        Vault.Holds("key", "one");

        (await Get()).ShouldBe("one");

        Vault.Requests.Select(request => request.Target).ShouldBe(["/secrets/key?api-version=2026-04-01", "/secrets/key?api-version=2026-04-01"]);
        Vault.Requests[0].Headers.Keys.ShouldNotContain("Authorization");
        Vault.Requests[1].Headers["Authorization"].ShouldBe($"Bearer {VaultCredential.Token}");
        var asked = Vault.Credential.Requests.ShouldHaveSingleItem();
        asked.Scopes.ShouldBe(["https://vault.azure.net/.default"]);
        asked.TenantId.ShouldBe(LoopbackVault.Tenant);
    }

    [Fact]
    public async Task Challenge_of_another_service_gets_no_token()
    {
        Vault.Holds("key", "one").Answers(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = $"Bearer authorization=\"https://login.microsoftonline.com/{LoopbackVault.Tenant}\", resource=\"https://storage.azure.com\"";
            return Task.CompletedTask;
        });

        (await GetFails()).Problem.ShouldBe(SecretProblem.Unreachable);

        Vault.Credential.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Throttled_read_waits_as_long_as_the_vault_asks_and_succeeds()
    {
        Vault.Holds("warm", "up").Holds("key", "one");
        await Get("warm");
        Vault.Answers(LoopbackAnswer.Status(429, retryAfter: "1"));
        var start = TimeProvider.System.GetTimestamp();

        (await Get()).ShouldBe("one");

        TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
        Vault.Reads.ShouldBe(3);
    }

    [Theory]
    [InlineData(404, "SecretNotFound", null, SecretProblem.Missing, "The secret 'key' is not in {0}: create it, or correct the setting that names it.")]
    [InlineData(403, "Forbidden", "SecretDisabled", SecretProblem.Missing, "The newest version of the secret 'key' in {0} is disabled: enable it, or store a new one.")]
    [InlineData(400, "BadParameter", null, SecretProblem.Missing, "letters, digits and hyphens")]
    [InlineData(403, "Forbidden", "ForbiddenByRbac", SecretProblem.Forbidden, "The secret 'key' may not be read from {0}: give the relay's identity the role Key Vault Secrets User there.")]
    [InlineData(403, "Forbidden", "AccessDenied", SecretProblem.Forbidden, "The secret 'key' may not be read from {0}: give the relay's identity the role Key Vault Secrets User there.")]
    [InlineData(403, "Forbidden", null, SecretProblem.Forbidden, "The secret 'key' may not be read from {0}: give the relay's identity the role Key Vault Secrets User there.")]
    [InlineData(403, "Forbidden", "ForbiddenByFirewall", SecretProblem.Unreachable, "the firewall of {0} keeps the relay out")]
    [InlineData(403, "Forbidden", "ForbiddenByConnection", SecretProblem.Unreachable, "the firewall of {0} keeps the relay out")]
    public async Task Refusal_says_what_to_do(int status, string code, string? innerCode, SecretProblem problem, string says)
    {
        Vault.Answers(LoopbackVault.Refuse(status, code, innerCode));

        var exception = await GetFails();

        exception.Problem.ShouldBe(problem);
        exception.Message.ShouldContain(says.Replace("{0}", $"{Vault.Uri}", StringComparison.Ordinal));
        Vault.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, "<html>Bad request</html>")]
    [InlineData(401, "")]
    [InlineData(403, "<html>No.</html>")]
    [InlineData(404, "<html>Not found</html>")]
    [InlineData(404, """{"message":"no Route matched"}""")]
    [InlineData(404, """{"error":"not_found"}""")]
    [InlineData(404, """{"error":{"message":"Not found"}}""")]
    [InlineData(302, "")]
    [InlineData(200, "<html>Sign in</html>")]
    [InlineData(200, "{}")]
    public async Task Answer_without_the_vaults_error_code_takes_no_secret_away(int status, string body)
    {
        Vault.Holds("key", "one");
        await Get();
        Clock.Advance(TimeSpan.FromMinutes(5));
        Vault.Answers(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });

        var exception = await Should.ThrowAsync<SecretUnavailableException>(() => Store.ReadStoredAsync("key", Token).AsTask());

        exception.Problem.ShouldBe(SecretProblem.Unreachable);
        exception.Message.ShouldContain("does not answer as a vault does");
        (await Get()).ShouldBe("one");
    }

    [Fact]
    public async Task Token_that_the_vault_does_not_accept_speaks_of_the_tenant()
    {
        await using var strict = await LoopbackVault.StartAsync("another-token");
        var store = CreateStore(strict);

        var exception = await Should.ThrowAsync<SecretUnavailableException>(async () => await store.GetAsync("key", Token));

        exception.Problem.ShouldBe(SecretProblem.Forbidden);
        exception.Message.ShouldContain("tenant");
        exception.ToString().ShouldNotContain(VaultCredential.Token);
    }
}
