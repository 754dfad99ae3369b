using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Secrets;

/// <summary>A Klaviyo key changes while events go through the relay, whose keys are in a vault.</summary>
public sealed class KeyRotationTests : VaultRelayTest
{
    private const string Old = "pk_old";
    private const string New = "pk_new";

    private KeyedKlaviyo? _klaviyo;

    private KeyedKlaviyo Klaviyo => _klaviyo ?? throw new InvalidOperationException("The test has not begun.");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Vault.Holds("klaviyoKey", Old);
        _klaviyo = new KeyedKlaviyo(Relay.Klaviyo, Old);
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
    public async Task Revoked_key_without_a_new_one_is_tried_twice_and_the_batch_is_parked_as_unauthorized()
    {
        await Relay.RelayAsync(Messages(0, 1));
        Klaviyo.Allow();
        var reads = Vault.ReadsOf("klaviyoKey");

        await Relay.RelayAsync(Messages(1, 60));
        await Relay.RelayAsync(Messages(61, 60));

        Relay.Queue.Rejected.Count.ShouldBe(120);
        Relay.Queue.Rejected.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Unauthorized);
        // It had worked a moment before.
        Klaviyo.Refused.ShouldBe([Old, Old]);
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

    /// <summary>The read beside the old value has ended: the refusal of the old value joins it.</summary>
    private async Task NewKeyIsReadAsync() => (await Relay.Get<ISecretStore>().RefreshAsync("klaviyoKey", Old, Token)).ShouldBe(New);

    private Task<DeliveryFailure?> SendAsync(string email) => Relay.Get<KlaviyoClient>().CreateEventAsync(
        Relay.Account("main"), Delivery.Of(new RelayMessageBuilder().Message, Relay.Connection("gladly"), Relay.Account("main"), [email]).Single().Event, Relay.Budget, Token);
}
