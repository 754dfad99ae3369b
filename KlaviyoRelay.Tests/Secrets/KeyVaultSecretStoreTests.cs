using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using KlaviyoRelay.Core.Secrets;
using Moq;

namespace KlaviyoRelay.Tests.Secrets;

public sealed class KeyVaultSecretStoreTests
{
    private readonly Mock<SecretClient> _vault = new(MockBehavior.Strict);
    private readonly TestClock _clock = new();
    private readonly KeyVaultSecretStore _store;
    private int _reads;

    public KeyVaultSecretStoreTests()
    {
        _vault.SetupGet(vault => vault.VaultUri).Returns(new Uri("https://relay.vault.test/"));
        _store = new KeyVaultSecretStore(_vault.Object, _clock);
    }

    public static TheoryData<Exception, string> Failures => new()
    {
        { new RequestFailedException(404, "secret-value"), "The secret 'key' is not in https://relay.vault.test/: create it, or correct the setting that names it." },
        { new RequestFailedException(401, "secret-value"), "The secret 'key' may not be read from https://relay.vault.test/: give the app's identity the role Key Vault Secrets User." },
        { new RequestFailedException(403, "secret-value"), "The secret 'key' may not be read from https://relay.vault.test/: give the app's identity the role Key Vault Secrets User." },
        { new RequestFailedException(0, "secret-value"), "The secret 'key' can't be read, because https://relay.vault.test/ or its sign-in does not answer: check KeyVault__Uri, the network and AZURE_CLIENT_ID." },
        { new RequestFailedException(503, "secret-value"), "The secret 'key' can't be read, because https://relay.vault.test/ or its sign-in does not answer: check KeyVault__Uri, the network and AZURE_CLIENT_ID." },
        { new AuthenticationFailedException("secret-value"), "The secret 'key' can't be read, because https://relay.vault.test/ or its sign-in does not answer: check KeyVault__Uri, the network and AZURE_CLIENT_ID." },
        { new CredentialUnavailableException("secret-value"), "The secret 'key' can't be read, because https://relay.vault.test/ or its sign-in does not answer: check KeyVault__Uri, the network and AZURE_CLIENT_ID." },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_is_read_once_within_five_minutes()
    {
        Holds("one");
        (await Get()).ShouldBe("one");
        Holds("two");
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));

        (await Get()).ShouldBe("one");
        _reads.ShouldBe(1);
    }

    [Fact]
    public async Task Secret_is_read_again_after_five_minutes()
    {
        Holds("one");
        await Get();
        Holds("two");
        _clock.Advance(TimeSpan.FromMinutes(5));

        (await Get()).ShouldBe("two");
    }

    [Fact]
    public async Task Secrets_are_cached_by_name()
    {
        Holds("one");
        Holds("other", name: "other");

        (await Get()).ShouldBe("one");
        (await _store.GetAsync("other", Token)).ShouldBe("other");
    }

    [Fact]
    public async Task Refused_secret_is_read_again_at_once()
    {
        Holds("one");
        await Get();
        Holds("two");

        (await Refresh("one")).ShouldBe("two");
        (await Get()).ShouldBe("two");
        _reads.ShouldBe(2);
    }

    [Fact]
    public async Task Refused_secret_is_not_read_again_when_someone_else_has_read_a_newer_one()
    {
        Holds("two");
        await Get();

        (await Refresh("one")).ShouldBe("two");
        _reads.ShouldBe(1);
    }

    [Fact]
    public async Task Refused_secret_is_read_when_it_was_never_cached()
    {
        Holds("one");

        (await Refresh("one")).ShouldBe("one");
        _reads.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_says_which_secret_why_and_what_to_do_and_never_a_value(Exception failure, string message)
    {
        _vault.Setup(vault => vault.GetSecretAsync("key", null, null, It.IsAny<CancellationToken>())).ThrowsAsync(failure);

        var exception = await Should.ThrowAsync<SecretUnavailableException>(Get);

        exception.Message.ShouldBe(message);
        exception.InnerException.ShouldBe(failure);
    }

    [Fact]
    public async Task Failure_is_not_cached()
    {
        _vault.Setup(vault => vault.GetSecretAsync("key", null, null, It.IsAny<CancellationToken>())).ThrowsAsync(new RequestFailedException(503, "busy"));
        await Should.ThrowAsync<SecretUnavailableException>(Get);
        Holds("one");

        (await Get()).ShouldBe("one");
    }

    [Fact]
    public async Task Cancelled_read_is_cancelled_and_not_unavailable()
    {
        _vault.Setup(vault => vault.GetSecretAsync("key", null, null, It.IsAny<CancellationToken>())).ThrowsAsync(new TaskCanceledException());

        await Should.ThrowAsync<TaskCanceledException>(() => _store.GetAsync("key", new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task Vault_that_does_not_answer_is_unavailable_however_the_client_says_it()
    {
        foreach (var exception in new Exception[] { new AggregateException(new RequestFailedException("refused"), new RequestFailedException("refused")), new TaskCanceledException() })
        {
            _vault.Setup(vault => vault.GetSecretAsync("key", null, null, It.IsAny<CancellationToken>())).ThrowsAsync(exception);

            await Should.ThrowAsync<SecretUnavailableException>(Get);
        }
    }

    [Fact]
    public async Task Value_that_is_known_is_used_while_the_vault_does_not_answer()
    {
        Holds("pk_known");
        await Get();
        _clock.Advance(TimeSpan.FromMinutes(10));
        _vault.Setup(vault => vault.GetSecretAsync("key", null, null, It.IsAny<CancellationToken>())).ThrowsAsync(new AggregateException(new RequestFailedException("refused")));

        (await Get()).ShouldBe("pk_known");

        Holds("pk_new");
        (await Get()).ShouldBe("pk_known");
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await Get()).ShouldBe("pk_new");
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Value_that_is_known_is_not_used_when_the_vault_refuses_it(int status)
    {
        Holds("pk_known");
        await Get();
        _clock.Advance(TimeSpan.FromMinutes(10));
        _vault.Setup(vault => vault.GetSecretAsync("key", null, null, It.IsAny<CancellationToken>())).ThrowsAsync(new RequestFailedException(status, "refused"));

        await Should.ThrowAsync<SecretUnavailableException>(Get);
    }

    private void Holds(string value, string name = "key") =>
        _vault.Setup(vault => vault.GetSecretAsync(name, null, null, It.IsAny<CancellationToken>()))
            .Callback(() => _reads++)
            .ReturnsAsync(() => Response.FromValue(new KeyVaultSecret(name, value), Mock.Of<Response>()));

    private Task<string> Get() => _store.GetAsync("key", Token).AsTask();

    private Task<string> Refresh(string refused) => _store.RefreshAsync("key", refused, Token).AsTask();
}
