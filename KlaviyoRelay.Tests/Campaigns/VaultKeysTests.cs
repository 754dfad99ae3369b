using KlaviyoRelay.Cli.Accounts;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Tests.Secrets;

namespace KlaviyoRelay.Tests.Campaigns;

/// <summary>What a disconnected account's key leads to.</summary>
public sealed class VaultKeysTests : VaultRelayTest
{
    [Fact]
    public async Task Every_version_is_disabled_and_events_that_follow_are_parked_as_not_configured()
    {
        Vault.Holds("klaviyoKey", "pk_old").Holds("klaviyoKey", "pk_main");

        var disabled = await new VaultKeys(Vault.CreateClient()).DisableAsync("klaviyoKey", Token);
        await Relay.RelayAsync(Messages(1, 1));

        disabled.ShouldBe(new DisabledSecret("klaviyoKey", 2, null));
        Vault.Requests.Count(request => request.Method == "PATCH").ShouldBe(2);
        Relay.Queue.Rejected.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.NotConfigured);
    }

    [Fact]
    public async Task Secret_that_is_not_there_is_said()
    {
        var disabled = await new VaultKeys(Vault.CreateClient()).DisableAsync("otherKey", Token);

        disabled.Versions.ShouldBe(0);
        disabled.Problem.ShouldNotBeNull().ShouldContain("is not in");
    }
}
