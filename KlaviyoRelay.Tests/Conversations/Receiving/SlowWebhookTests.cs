using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A body comes at 32 kB a second at least, or holds its place no longer than 2 s.</summary>
public sealed class SlowWebhookTests : IDisposable
{
    private readonly RelayFixture _relay = new(("Relay__Connections__gladly__Webhook__MaxConcurrency", "1"));
    private readonly byte[] _body = new GladlyWebhookBuilder().Bytes();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("gladly")]
    [InlineData("kustomer")]
    public async Task Webhook_is_incomplete_when_its_body_takes_longer_than_two_seconds(string connection)
    {
        var pending = _relay.ReceiveAsync(Request(connection).Stream(new HeldStream(_body)));

        _relay.Clock.Advance(TimeSpan.FromSeconds(1.9));
        pending.IsCompleted.ShouldBeFalse();
        _relay.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await pending).ShouldBe(new WebhookOutcome.Incomplete());
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body))).ShouldBeOfType<WebhookOutcome.Accepted>();
        _relay.Get<UnprovenBodies>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Webhook_is_incomplete_when_its_body_trickles()
    {
        var body = new FedStream();
        var pending = _relay.ReceiveAsync(Request("kustomer").Announced(60_000).Stream(body));

        for (var tenth = 0; tenth < 19; tenth++)
        {
            await body.FeedAsync(1000);
            _relay.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        pending.IsCompleted.ShouldBeFalse();
        _relay.Clock.Advance(TimeSpan.FromSeconds(0.1));
        (await pending).ShouldBe(new WebhookOutcome.Incomplete());
    }

    [Theory]
    [InlineData(40_000, true)]
    [InlineData(20_000, false)]
    public async Task Large_body_has_time_in_proportion(int bytesPerSecond, bool isInTime)
    {
        var body = new FedStream();
        var pending = _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body).Announced(null).Stream(body));

        for (var fed = 0; fed < 400_000 && !pending.IsCompleted; fed += bytesPerSecond / 10)
        {
            await Task.WhenAny(body.FeedAsync(bytesPerSecond / 10), pending);
            _relay.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        body.End();
        // It is no JSON; but it was read to its end.
        (await pending is WebhookOutcome.Malformed).ShouldBe(isInTime);
    }

    [Fact]
    public async Task Webhook_is_accepted_when_its_body_comes_within_two_seconds()
    {
        var body = new HeldStream(_body);
        var pending = _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body).Stream(body));

        _relay.Clock.Advance(TimeSpan.FromSeconds(1.9));
        body.Release();

        (await pending).ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Webhook_is_incomplete_when_its_body_breaks_off() =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body).Stream(new BrokenStream()))).ShouldBe(new WebhookOutcome.Incomplete());

    private WebhookRequestBuilder Request(string connection) =>
        connection == "gladly" ? WebhookRequestBuilder.Gladly(_body) : new WebhookRequestBuilder(connection, _body).Header(WebhookRequestBuilder.Signature, new string('0', 64));
}
