using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>What becomes of events and webhooks whose secret can't be had.</summary>
public sealed class VaultProblemTests : VaultRelayTest
{
    [Fact]
    public async Task Events_are_parked_as_not_configured_when_the_key_is_not_in_the_vault()
    {
        await Relay.RelayAsync(Messages(0, 60));

        Relay.Queue.Rejected.Count.ShouldBe(60);
        Relay.Queue.Rejected.ShouldAllBe(letter => letter.Reason == DeadLetterReason.NotConfigured && letter.Detail.Contains("'klaviyoKey' is not in", StringComparison.Ordinal));
        Relay.Http.Requests.ShouldBeEmpty();
        Vault.ReadsOf("klaviyoKey").ShouldBe(1);
    }

    [Fact]
    public async Task Events_are_held_when_the_vault_may_not_be_read()
    {
        Vault.Answers(LoopbackVault.Refuse(403, "Forbidden", "ForbiddenByRbac"));

        await Relay.RelayAsync(Messages(0, 60));

        Relay.Queue.Throttled.Count.ShouldBe(60);
        Relay.Queue.Throttled.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Unavailable && letter.Detail.Contains("Key Vault Secrets User", StringComparison.Ordinal));
        Vault.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Webhook_is_answered_with_503_and_not_401_whatever_is_wrong_with_its_secret()
    {
        Vault.Answers(LoopbackVault.Refuse(403, "Forbidden"), LoopbackVault.Refuse(404, "SecretNotFound"));
        await WebhookIsUnavailableAsync();
        await WebhookIsUnavailableAsync();
        await Vault.StopAsync();
        await WebhookIsUnavailableAsync();

        await Vault.RestartAsync();
        Relay.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Relay.ReceiveAsync(new GladlyWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    private async Task WebhookIsUnavailableAsync()
    {
        (await Relay.ReceiveAsync(new GladlyWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Unavailable>();
        Relay.Clock.Advance(TimeSpan.FromSeconds(10));
    }
}
