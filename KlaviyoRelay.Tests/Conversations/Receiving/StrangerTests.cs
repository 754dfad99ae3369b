using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>Strangers that send slowly and know a connection's name keep no genuine webhook out.</summary>
public sealed class StrangerTests : IDisposable
{
    private static readonly byte[] Body = new KustomerWebhookBuilder().Bytes();

    private readonly RelayFixture _relay = new(TestSettings.SecondAccount);

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Genuine_webhook_is_accepted_beside_more_slow_strangers_than_there_are_places()
    {
        var strangers = Enumerable.Range(0, 2000).Select(_ => StrangerAsync()).ToList();

        var late = new HeldStream(Body);
        var genuine = _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Body).Stream(late));
        strangers.Add(StrangerAsync());
        late.Release();

        (await genuine).ShouldBeOfType<WebhookOutcome.Accepted>();
        _relay.Get<UnprovenBodies>().Count.ShouldBeLessThanOrEqualTo(WebhookLimits.MaxUnproven + WebhookLimits.ReservedUnproven);
        _relay.Clock.Advance(TimeSpan.FromSeconds(2));
        (await Task.WhenAll(strangers)).ShouldAllBe(outcome => outcome is WebhookOutcome.Incomplete);
        _relay.Get<UnprovenBodies>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Webhook_that_a_password_proves_is_accepted_beside_strangers_with_wrong_ones()
    {
        var strangers = Enumerable.Range(0, 500)
            .Select(_ => _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(Body).Header("Authorization", WebhookRequestBuilder.Basic("relay:wrong")).Stream(new HeldStream(Body))))
            .ToList();

        (await _relay.ReceiveAsync(new GladlyWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Accepted>();

        _relay.Clock.Advance(TimeSpan.FromSeconds(2));
        (await Task.WhenAll(strangers)).ShouldAllBe(outcome => outcome is WebhookOutcome.Incomplete);
    }

    private Task<WebhookOutcome> StrangerAsync()
    {
        _relay.Clock.Advance(TimeSpan.FromTicks(1));
        return _relay.ReceiveAsync(new WebhookRequestBuilder("kustomer", Body).Header(WebhookRequestBuilder.Signature, new string('0', 64)).Stream(new HeldStream(Body)));
    }
}
