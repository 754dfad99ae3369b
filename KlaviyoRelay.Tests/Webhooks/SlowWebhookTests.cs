using KlaviyoRelay.Core.Webhooks;

namespace KlaviyoRelay.Tests.Webhooks;

/// <summary>A body that does not come holds its slot for a while and no longer.</summary>
public sealed class SlowWebhookTests : IDisposable
{
    private readonly RelayFixture _relay = new(("Relay__Connections__gladly__Webhook__MaxConcurrency", "1"));
    private readonly byte[] _body = new GladlyWebhookBuilder().Bytes();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("gladly")]
    [InlineData("unknown")]
    public async Task Webhook_is_incomplete_when_its_body_takes_longer_than_ten_seconds(string connection)
    {
        var pending = _relay.ReceiveAsync(new WebhookRequestBuilder(connection, _body).Stream(new HeldStream(_body)));

        _relay.Clock.Advance(TimeSpan.FromSeconds(9.9));
        pending.IsCompleted.ShouldBeFalse();
        _relay.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await pending).ShouldBe(new WebhookOutcome.Incomplete());
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body))).ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Webhook_is_accepted_when_its_body_comes_within_ten_seconds()
    {
        var body = new HeldStream(_body);
        var pending = _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body).Stream(body));

        _relay.Clock.Advance(TimeSpan.FromSeconds(9));
        body.Release();

        (await pending).ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Webhook_is_incomplete_when_its_body_breaks_off() =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body).Stream(new BrokenStream()))).ShouldBe(new WebhookOutcome.Incomplete());
}
