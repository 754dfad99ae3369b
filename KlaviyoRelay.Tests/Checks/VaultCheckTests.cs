using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Tests.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Checks;

/// <summary>The check of a relay whose secrets are in a vault, with the vault's real client.</summary>
public sealed class VaultCheckTests : IAsyncLifetime
{
    private const string VaultLine = "Key Vault";
    private const string WebhookLine = "Webhook secret";

    private LoopbackVault? _vault;
    private CheckFixture? _fixture;

    private LoopbackVault Vault => _vault ?? throw new InvalidOperationException("The test has not begun.");

    private CheckFixture Fixture => _fixture ?? throw new InvalidOperationException("The test has not begun.");

    public async ValueTask InitializeAsync()
    {
        _vault = (await LoopbackVault.StartAsync()).Holds("klaviyoKey", "pk_0123456789abcdef").Holds("gladlyPassword", "gladly-password").Holds("gladlyToken", "gladly-api-token").Holds("conversationRecordKey", "a-key-of-the-tests");
        _fixture = new CheckFixture(services => services.AddSingleton(Vault.CreateClient()), ("KeyVault__Uri", Vault.Uri.AbsoluteUri));
    }

    public async ValueTask DisposeAsync()
    {
        Fixture.Dispose();
        await Vault.DisposeAsync();
    }

    [Fact]
    public async Task Vault_that_gives_every_secret_is_ok_and_asked_once_for_each()
    {
        var report = await Fixture.CheckAsync("gladly");

        report.Ok.ShouldBeTrue();
        Line(report, VaultLine).ShouldBe(new CheckLine(VaultLine, CheckOutcome.Ok, "Reachable, and its secrets may be read", null));
        Vault.Reads.ShouldBe(4);
    }

    [Fact]
    public async Task Secret_that_is_not_in_the_vault_fails_by_itself()
    {
        // It holds none of Kustomer's.
        var report = await Fixture.CheckAsync("kustomer");

        Line(report, VaultLine).Outcome.ShouldBe(CheckOutcome.Ok);
        var line = Line(report, WebhookLine);
        (line.Outcome, line.Detail).ShouldBe((CheckOutcome.Failed, $"The secret 'kustomerToken' is not in {Vault.Uri}"));
        line.Fix.ShouldBe("create it, or correct the setting that names it");
        Line(report, "Klaviyo main: key").Outcome.ShouldBe(CheckOutcome.Ok);
    }

    [Fact]
    public async Task Vault_that_refuses_fails_and_names_the_role()
    {
        Vault.Answers([.. Enumerable.Repeat(LoopbackVault.Refuse(403, "Forbidden", "ForbiddenByRbac"), 9)]);

        var report = await Fixture.CheckAsync("gladly");

        var line = Line(report, VaultLine);
        line.Outcome.ShouldBe(CheckOutcome.Failed);
        line.Fix.ShouldNotBeNull().ShouldContain("Key Vault Secrets User");
        Line(report, WebhookLine).Outcome.ShouldBe(CheckOutcome.Unknown);
        Fixture.Relay.Klaviyo.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Vault_that_is_away_fails_although_its_values_are_known()
    {
        var store = Fixture.Relay.Get<ISecretStore>();
        await store.GetAsync("gladlyPassword", TestContext.Current.CancellationToken);
        await Vault.StopAsync();

        var line = Line(await Fixture.CheckAsync("gladly"), VaultLine);

        line.Outcome.ShouldBe(CheckOutcome.Failed);
        line.Fix.ShouldNotBeNull().ShouldContain("KeyVault__Uri");
        // The relay goes on with what it knows.
        (await store.GetAsync("gladlyPassword", TestContext.Current.CancellationToken)).ShouldBe("gladly-password");
    }

    [Fact]
    public async Task Check_reads_the_newest_key_and_leaves_the_one_that_deliveries_use()
    {
        var store = Fixture.Relay.Get<ISecretStore>();
        await store.GetAsync("klaviyoKey", TestContext.Current.CancellationToken);
        Vault.Holds("klaviyoKey", "pk_0123456789newest");

        (await Fixture.LineAsync("Klaviyo main: key")).Detail.ShouldStartWith("Key ••••west ");
        (await store.GetAsync("klaviyoKey", TestContext.Current.CancellationToken)).ShouldBe("pk_0123456789abcdef");
    }

    private static CheckLine Line(CheckReport report, string subject) => report.Checks.Single(line => line.Subject == subject);
}
