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

    [Fact]
    public async Task Missing_secret_says_to_create_it()
    {
        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Missing);
        exception.Message.ShouldBe($"The secret 'key' is not in {Vault.Uri}: create it, or correct the setting that names it.");
        Vault.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task Disabled_secret_is_missing_and_says_to_enable_it()
    {
        Vault.Answers(LoopbackVault.Refuse(403, "Forbidden", "SecretDisabled"));

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Missing);
        exception.Message.ShouldBe($"The newest version of the secret 'key' in {Vault.Uri} is disabled: enable it, or store a new one.");
    }

    [Fact]
    public async Task Name_that_no_secret_can_have_is_missing_and_says_what_names_look_like()
    {
        Vault.Answers(LoopbackVault.Refuse(400, "BadParameter"));

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Missing);
        exception.Message.ShouldContain("'key'");
        exception.Message.ShouldContain("letters, digits and hyphens");
    }

    [Theory]
    [InlineData("ForbiddenByRbac")]
    [InlineData("AccessDenied")]
    [InlineData(null)]
    public async Task Missing_permission_names_the_role(string? innerCode)
    {
        Vault.Answers(LoopbackVault.Refuse(403, "Forbidden", innerCode));

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Forbidden);
        exception.Message.ShouldBe($"The secret 'key' may not be read from {Vault.Uri}: give the relay's identity the role Key Vault Secrets User there.");
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

    [Theory]
    [InlineData("ForbiddenByFirewall")]
    [InlineData("ForbiddenByConnection")]
    public async Task Firewall_is_no_matter_of_roles(string innerCode)
    {
        Vault.Answers(LoopbackVault.Refuse(403, "Forbidden", innerCode));

        var exception = await GetFails();

        exception.Problem.ShouldBe(SecretProblem.Unreachable);
        exception.Message.ShouldContain($"the firewall of {Vault.Uri} keeps the relay out");
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
