using System.Text;
using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

public sealed class HmacAuthenticationTests : IDisposable
{
    private static readonly byte[] Body = new KustomerWebhookBuilder().Bytes();
    private static readonly string Right = WebhookRequestBuilder.Sign(Body);

    private readonly RelayFixture _relay = new();

    public static TheoryData<string?> WrongSignatures =>
    [
        new TheoryDataRow<string?>(null),
        "",
        "not-hex",
        Right[..^1],
        Right + "0",
        $"sha256={Right}",
        $" {Right}",
        $"{Right},{Right}",
        WebhookRequestBuilder.Sign("{}"u8.ToArray()),
        Convert.ToBase64String(Convert.FromHexString(Right)),
        new string('0', 64),
    ];

    public void Dispose() => _relay.Dispose();

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public async Task Webhook_is_unauthorized_when_its_signature_is_missing_or_wrong(string? signature)
    {
        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Body).Header(WebhookRequestBuilder.Signature, signature));

        outcome.ShouldBe(new WebhookOutcome.Unauthorized());
        _relay.Queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Webhook_is_accepted_when_its_signature_is_in_upper_case() =>
        (await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(Body).Header(WebhookRequestBuilder.Signature, Right.ToUpperInvariant()))).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Fact]
    public async Task Webhook_is_unauthorized_when_its_body_was_changed_after_signing()
    {
        var changed = Encoding.UTF8.GetBytes(new KustomerWebhookBuilder().Build() + " ");

        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Kustomer(changed).Header(WebhookRequestBuilder.Signature, Right));

        outcome.ShouldBeOfType<WebhookOutcome.Unauthorized>();
    }

    [Fact]
    public async Task Signature_is_looked_for_in_the_configured_header_only()
    {
        var outcome = await _relay.ReceiveAsync(new WebhookRequestBuilder("kustomer", Body).Header("X-Hub-Signature", Right));

        outcome.ShouldBeOfType<WebhookOutcome.Unauthorized>();
    }

    [Fact]
    public async Task Published_vector_is_authentic()
    {
        const string Published = """{"id":"6717c2b1e5b1f00012ab3511","name":"kustomer.conversation.update"}""";

        var outcome = await _relay.ReceiveAsync(new WebhookRequestBuilder("kustomer", Encoding.UTF8.GetBytes(Published))
            .Header(WebhookRequestBuilder.Signature, "1a2867d50d29378a3de61dbf792c9302522740b9f7e47ff703e9464825adc62d"));

        outcome.ShouldBe(new WebhookOutcome.Ignored("This update neither ends the conversation, nor opens it again, nor rates it."));
    }
}
