using System.Text;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

public sealed class WebhookReceiverTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    [InlineData("text/x+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task Webhook_is_refused_when_it_is_not_announced_as_json(string? contentType)
    {
        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()).ContentType(contentType));

        outcome.ShouldBe(new WebhookOutcome.NotJson());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("application/json; charset=Utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/cloudevents+json")]
    public async Task Webhook_is_accepted_when_it_is_announced_as_json(string contentType)
    {
        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()).ContentType(contentType));

        outcome.ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Webhook_is_not_answered_before_the_queue_has_its_event()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _relay.Queue.Gate = gate.Task;

        var answer = _relay.ReceiveAsync(new GladlyWebhookBuilder());

        await Should.ThrowAsync<TimeoutException>(answer.WaitAsync(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken));
        gate.SetResult();
        (await answer).ShouldBeOfType<WebhookOutcome.Accepted>();
        _relay.Queue.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Webhook_is_too_large_when_its_announced_length_is_over_the_limit_and_its_body_is_not_read()
    {
        var stream = new UnseekableStream(new byte[10], piece: 10);

        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly("{}").Announced(WebhookLimits.MaxBodyBytes + 1).Stream(stream));

        outcome.ShouldBe(new WebhookOutcome.TooLarge());
        stream.Consumed.ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2L)]
    public async Task Webhook_is_too_large_when_its_body_is_longer_than_announced_and_over_the_limit(long? announced)
    {
        var stream = new UnseekableStream(Padded(WebhookLimits.MaxBodyBytes + 1), piece: 10_000);

        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly("{}").Announced(announced).Stream(stream));

        outcome.ShouldBe(new WebhookOutcome.TooLarge());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Webhook_of_exactly_one_mebibyte_is_accepted(bool announced)
    {
        var body = Padded(WebhookLimits.MaxBodyBytes);
        body.Length.ShouldBe(1024 * 1024);

        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(body)
            .Announced(announced ? body.Length : null)
            .Stream(new UnseekableStream(body, piece: 7_777)));

        outcome.ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Accepted_webhook_names_its_events_and_the_queue_has_them()
    {
        var outcome = await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        var message = _relay.Queue.Fresh.ShouldHaveSingleItem();
        outcome.ShouldBeOfType<WebhookOutcome.Accepted>().Ids.ShouldBe([message.MessageId]);
        message.SessionId.ShouldBe("main");
        message.NotBefore.ShouldBeNull();
    }

    [Fact]
    public async Task Repeated_webhook_has_the_same_ids()
    {
        var first = await _relay.ReceiveAsync(new KustomerWebhookBuilder().Closed().Rated(5));
        var second = await _relay.ReceiveAsync(new KustomerWebhookBuilder().Closed().Rated(5));

        second.ShouldBeOfType<WebhookOutcome.Accepted>().Ids.ShouldBe(first.ShouldBeOfType<WebhookOutcome.Accepted>().Ids);
    }

    [Fact]
    public async Task Webhook_is_unavailable_when_the_queue_does_not_answer()
    {
        _relay.Queue.Down.Add(QueueNames.ConversationEvents);

        var outcome = await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        outcome.ShouldBe(new WebhookOutcome.Unavailable(TimeSpan.FromSeconds(30)));
        _relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Webhook_is_unavailable_when_its_secret_cannot_be_read()
    {
        _ = await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        _relay.Configuration["Secrets:gladlyPassword"] = null;

        var outcome = await _relay.ReceiveAsync(new GladlyWebhookBuilder());

        outcome.ShouldBe(new WebhookOutcome.Unavailable(TimeSpan.FromSeconds(30)));
        _relay.Queue.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Webhook_is_unavailable_when_the_host_stops_while_it_is_queued()
    {
        using var stopping = new CancellationTokenSource();
        _relay.Queue.OnSend = () =>
        {
            stopping.Cancel();
            stopping.Token.ThrowIfCancellationRequested();
        };

        var outcome = await _relay.Get<WebhookReceiver>().ReceiveAsync(WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Build()).Build(), stopping.Token);

        outcome.ShouldBe(new WebhookOutcome.Unavailable(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Ignored_webhook_does_not_need_the_queue()
    {
        _relay.Queue.Down.Add("*");

        var outcome = await _relay.ReceiveAsync(new GladlyWebhookBuilder().OfType("PING"));

        outcome.ShouldBeOfType<WebhookOutcome.Ignored>();
    }

    [Fact]
    public async Task Log_never_holds_what_a_webhook_says()
    {
        const string Canary = "jane@shop.example";
        await _relay.ReceiveAsync(new KustomerWebhookBuilder().With("data.attributes.name", Canary));
        await _relay.ReceiveAsync(new KustomerWebhookBuilder().With("data.attributes.name", Canary).Without("id"));
        await _relay.ReceiveAsync(new KustomerWebhookBuilder().With("name", Canary));
        await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer($"{{\"id\": \"{Canary}"));
        await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Canary).Header(WebhookRequestBuilder.Signature, Canary));
        await _relay.ReceiveAsync(new WebhookRequestBuilder(Canary, []));
        _relay.Queue.Down.Add("*");
        await _relay.ReceiveAsync(new KustomerWebhookBuilder().With("data.attributes.name", Canary));

        _relay.Logs.Lines.Count.ShouldBe(8);
        _relay.Logs.Lines.ShouldAllBe(line => !line.Contains("jane", StringComparison.OrdinalIgnoreCase));
    }

    private static byte[] Padded(int length) => Encoding.UTF8.GetBytes(new KustomerWebhookBuilder().Build().PadRight(length));
}
