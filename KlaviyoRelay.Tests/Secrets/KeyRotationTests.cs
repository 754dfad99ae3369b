using KlaviyoRelay.Core.DeadLetters;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>A Klaviyo key changes while events go through the relay, whose keys are in a vault.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private const string Old = "pk_old";
    private const string New = "pk_new";

    private LoopbackVault? _vault;
    private RelayFixture? _relay;
    private KeyedKlaviyo? _klaviyo;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LoopbackVault Vault => _vault ?? throw new InvalidOperationException("The test has not begun.");

    private RelayFixture Relay => _relay ?? throw new InvalidOperationException("The test has not begun.");

    private KeyedKlaviyo Klaviyo => _klaviyo ?? throw new InvalidOperationException("The test has not begun.");

    public async ValueTask InitializeAsync()
    {
        _vault = (await LoopbackVault.StartAsync()).Holds("klaviyoKey", Old).Holds("gladlyPassword", "gladly-password").Holds("gladlyToken", "gladly-api-token");
        _relay = new RelayFixture(services => services.AddSingleton(Vault.CreateClient()), ("KeyVault__Uri", Vault.Uri.AbsoluteUri));
        // Events that were held or are old ask for the conversation's state.
        _relay.Gladly.On(HttpMethod.Get, "/api/v1/conversations/conversation-1").Reply(200, """{"id":"conversation-1","status":"OPEN"}""");
        _klaviyo = new KeyedKlaviyo(_relay.Klaviyo, Old);
    }

    public async ValueTask DisposeAsync()
    {
        Relay.Dispose();
        await Vault.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_the_old_key_is_revoked_between_batches()
    {
        await Relay.RelayAsync(Messages(0, 60));
        Vault.Holds("klaviyoKey", New);
        Klaviyo.Allow(New);

        await Relay.RelayAsync(Messages(60, 60));

        Klaviyo.ShouldHaveEachOnce(120);
        Klaviyo.Accepted.Count(key => key == New).ShouldBe(60);
        Klaviyo.Refused.ShouldBe([Old]);
        Vault.ReadsOf("klaviyoKey").ShouldBe(2);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(400)]
    public async Task Nothing_is_lost_or_doubled_when_the_old_key_is_revoked_in_the_middle_of_a_batch(int status)
    {
        Klaviyo.Refusal = status;
        Klaviyo.AfterAccepted = count =>
        {
            if (count == 100)
            {
                Vault.Holds("klaviyoKey", New);
                Klaviyo.Allow(New);
            }
        };

        await Relay.RelayAsync(Messages(0, 300));

        Klaviyo.ShouldHaveEachOnce(300);
        Klaviyo.Accepted.ShouldBe([.. Enumerable.Repeat(Old, 100), .. Enumerable.Repeat(New, 200)]);
        Vault.ReadsOf("klaviyoKey").ShouldBe(2);
    }

    [Fact]
    public async Task New_key_is_taken_up_within_the_time_to_live_while_the_old_one_still_works()
    {
        await Relay.RelayAsync(Messages(0, 60));
        Vault.Holds("klaviyoKey", New);
        Klaviyo.Allow(Old, New);
        Relay.Clock.Advance(TimeSpan.FromMinutes(5));
        await Relay.RelayAsync(Messages(60, 60));
        await NewKeyIsReadAsync();
        Klaviyo.Allow(New);

        await Relay.RelayAsync(Messages(120, 60));

        Klaviyo.ShouldHaveEachOnce(180);
        Klaviyo.Accepted.TakeLast(60).ShouldAllBe(key => key == New);
        Klaviyo.Refused.ShouldBeEmpty();
        Vault.ReadsOf("klaviyoKey").ShouldBe(2);
    }

    [Fact]
    public async Task Requests_that_begin_while_the_new_key_is_fetched_wait_for_it_and_do_not_try_the_dead_one()
    {
        await Relay.RelayAsync(Messages(0, 1));
        Vault.Holds("klaviyoKey", New);
        Klaviyo.Allow(New);
        var held = Vault.HoldNext();
        var first = SendAsync("first@shop.example");
        await held.Asked;
        var others = Enumerable.Range(0, 50).Select(number => SendAsync($"other{number}@shop.example")).ToList();

        held.Release();

        (await first).ShouldBeNull();
        (await Task.WhenAll(others)).ShouldAllBe(failure => failure == null);
        Klaviyo.Refused.ShouldBe([Old]);
        Vault.ReadsOf("klaviyoKey").ShouldBe(2);
    }

    [Fact]
    public async Task Revoked_key_without_a_new_one_is_tried_once_and_the_batch_is_parked_as_unauthorized()
    {
        await Relay.RelayAsync(Messages(0, 1));
        Klaviyo.Allow();
        var reads = Vault.ReadsOf("klaviyoKey");

        await Relay.RelayAsync(Messages(1, 60));
        await Relay.RelayAsync(Messages(61, 60));

        Relay.Queue.Rejected.Count.ShouldBe(120);
        Relay.Queue.Rejected.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Unauthorized);
        Klaviyo.Refused.ShouldBe([Old]);
        (Vault.ReadsOf("klaviyoKey") - reads).ShouldBe(1);
    }

    [Fact]
    public async Task Events_are_held_and_delivered_later_when_the_key_is_revoked_while_the_vault_is_away()
    {
        await Relay.RelayAsync(Messages(0, 1));
        Vault.Holds("klaviyoKey", New);
        Klaviyo.Allow(New);
        await Vault.StopAsync();
        await Relay.RelayAsync(Messages(1, 60));

        Relay.Queue.Throttled.Count.ShouldBe(60);
        Relay.Queue.Throttled.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Unavailable);
        Klaviyo.Refused.ShouldBe([Old]);

        await Vault.RestartAsync();
        Relay.Clock.Advance(TimeSpan.FromMinutes(20));
        await Relay.Get<ThrottledRelease>().ReleaseAsync([.. Relay.Queue.On(QueueNames.DeadLetterThrottled).Select(message => message.Body)], Token);
        await Relay.RelayAsync([.. Relay.Queue.Fresh.Select(message => message.Body)]);

        Klaviyo.ShouldHaveEachOnce(61);
    }

    [Fact]
    public async Task Events_are_parked_as_not_configured_when_the_key_is_not_in_the_vault()
    {
        Vault.Remove("klaviyoKey");

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

    private static IReadOnlyList<RelayMessageBuilder> Messages(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(number => new RelayMessageBuilder().Id($"e{number}").Retried(0, TestClock.Start, $"customer{number}@shop.example"))];

    /// <summary>The read beside the old value has ended: the refusal of the old value joins it.</summary>
    private async Task NewKeyIsReadAsync() => (await Relay.Get<ISecretStore>().RefreshAsync("klaviyoKey", Old, Token)).ShouldBe(New);

    private Task<DeliveryFailure?> SendAsync(string email) => Relay.Get<KlaviyoClient>().CreateEventAsync(
        Relay.Account("main"), new KlaviyoEvent(Relay.Connection("gladly"), new RelayMessageBuilder().Message.Event, email), Relay.Budget, Token);
}
