using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A connection has so many webhooks of its own in hand at once.</summary>
public sealed class WebhookSlotsTests : IDisposable
{
    private static readonly WebhookOutcome.TooMany Refused = new(TimeSpan.FromSeconds(5));

    private readonly RelayFixture _relay = new(("Relay__Connections__gladly__Webhook__MaxConcurrency", "2"));
    private readonly byte[] _body = new GladlyWebhookBuilder().Bytes();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Webhook_is_refused_unread_while_all_slots_are_taken_and_other_connections_are_not()
    {
        var first = new HeldStream(_body);
        var second = new HeldStream(_body);
        var unread = new UnseekableStream(_body, piece: 10);
        var pending = new[] { ReceiveAsync(first), ReceiveAsync(second) };

        (await ReceiveAsync(unread)).ShouldBe(Refused);
        unread.Consumed.ShouldBe(0);
        (await _relay.ReceiveAsync(new KustomerWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Accepted>();

        first.Release();
        (await pending[0]).ShouldBeOfType<WebhookOutcome.Accepted>();
        (await ReceiveAsync(new MemoryStream(_body))).ShouldBeOfType<WebhookOutcome.Accepted>();
        second.Release();
        (await pending[1]).ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Signed_webhook_is_refused_while_all_slots_of_its_connection_are_taken()
    {
        using var relay = new RelayFixture(("Relay__Connections__kustomer__Webhook__MaxConcurrency", "1"));
        var meanwhile = new List<Task<WebhookOutcome>>();
        relay.Queue.OnSend = () =>
        {
            relay.Queue.OnSend = () => { };
            meanwhile.Add(relay.ReceiveAsync(new KustomerWebhookBuilder()));
            meanwhile.Add(relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body)));
        };

        (await relay.ReceiveAsync(new KustomerWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Accepted>();
        (await meanwhile[0]).ShouldBe(Refused);
        (await meanwhile[1]).ShouldBeOfType<WebhookOutcome.Accepted>();
        (await relay.ReceiveAsync(new KustomerWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Slot_is_free_again_whatever_became_of_the_webhook()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        for (var round = 0; round < 3; round++)
        {
            (await ReceiveAsync(new MemoryStream(new byte[WebhookLimits.MaxBodyBytes + 1]))).ShouldBeOfType<WebhookOutcome.TooLarge>();
            (await ReceiveAsync(new BrokenStream())).ShouldBeOfType<WebhookOutcome.Incomplete>();
            (await _relay.ReceiveAsync(new WebhookRequestBuilder("gladly", _body))).ShouldBeOfType<WebhookOutcome.Unauthorized>();
            (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly("{}"))).ShouldBeOfType<WebhookOutcome.Malformed>();
            (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body).ContentType("text/plain"))).ShouldBeOfType<WebhookOutcome.NotJson>();
            (await _relay.ReceiveAsync(new GladlyWebhookBuilder().OfType("PING"))).ShouldBeOfType<WebhookOutcome.Ignored>();
            (await _relay.Get<WebhookReceiver>().ReceiveAsync(WebhookRequestBuilder.Gladly(_body).Stream(new HeldStream(_body)).Build(), gone.Token))
                .ShouldBeOfType<WebhookOutcome.Unavailable>();
            await ReceiveUnavailableAsync();
            await ReceiveBugAsync();
        }

        (await _relay.ReceiveAsync(new GladlyWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public void No_slot_is_given_when_the_host_has_stopped()
    {
        var slots = new WebhookSlots(_relay.Get<ConnectionRegistry>());
        slots.Dispose();

        Should.Throw<ObjectDisposedException>(() => slots.Take(_relay.Connection("gladly")));
    }

    private async Task ReceiveUnavailableAsync()
    {
        _relay.Queue.Down.Add(QueueNames.ConversationEvents);
        (await _relay.ReceiveAsync(new GladlyWebhookBuilder())).ShouldBeOfType<WebhookOutcome.Unavailable>();
        _relay.Queue.Down.Clear();
    }

    private async Task ReceiveBugAsync()
    {
        _relay.Queue.OnSend = () => throw new InvalidOperationException("A bug.");
        await Should.ThrowAsync<InvalidOperationException>(_relay.ReceiveAsync(new GladlyWebhookBuilder()));
        _relay.Queue.OnSend = () => { };
    }

    private Task<WebhookOutcome> ReceiveAsync(Stream stream) => _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(_body).Announced(null).Stream(stream));
}
