using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A byte order mark before the JSON is decoration; the signature is over it too.</summary>
public sealed class ByteOrderMarkTests : IDisposable
{
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    private readonly RelayFixture _relay = new(DeskWebhookBuilder.Settings());

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Webhook_with_a_mark_has_the_event_that_it_has_without()
    {
        byte[][] bodies = [new GladlyWebhookBuilder().Bytes(), new KustomerWebhookBuilder().Bytes(), System.Text.Encoding.UTF8.GetBytes(new DeskWebhookBuilder().Build())];
        Func<byte[], WebhookRequestBuilder>[] requests =
            [WebhookRequestBuilder.Gladly, WebhookRequestBuilder.Kustomer, body => new WebhookRequestBuilder("desk", body).Header("X-Webhook-Token", "desk-token")];

        for (var helpdesk = 0; helpdesk < bodies.Length; helpdesk++)
        {
            var plain = (await _relay.ReceiveAsync(requests[helpdesk](bodies[helpdesk]))).ShouldBeOfType<WebhookOutcome.Accepted>();
            var marked = (await _relay.ReceiveAsync(requests[helpdesk]([.. Mark, .. bodies[helpdesk]]))).ShouldBeOfType<WebhookOutcome.Accepted>();
            marked.Ids.ShouldBe(plain.Ids);
        }
    }

    [Fact]
    public async Task Webhook_with_a_mark_is_unauthorized_when_its_signature_is_over_the_rest()
    {
        var body = new KustomerWebhookBuilder().Bytes();

        (await _relay.ReceiveAsync(new WebhookRequestBuilder("kustomer", [.. Mark, .. body]).Header(WebhookRequestBuilder.Signature, WebhookRequestBuilder.Sign(body))))
            .ShouldBe(new WebhookOutcome.Unauthorized());
    }

    [Fact]
    public async Task Mark_alone_is_malformed() =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(Mark))).ShouldBeOfType<WebhookOutcome.Malformed>();
}
