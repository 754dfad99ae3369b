using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>Zendesk's way: the time and the body are signed together.</summary>
public sealed class TimestampedSignatureTests : IDisposable
{
    private static readonly byte[] Body = new GladlyWebhookBuilder().Bytes();

    private readonly RelayFixture _relay = new(("Relay__Connections__gladly__Webhook__Kind", "hmac-sha256-timestamped"));

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("2026-01-15T14:03:00Z")]
    [InlineData("2026-01-15T13:58:00Z")]
    [InlineData("2026-01-15T14:08:00Z")]
    [InlineData("2026-01-15T14:02:59.123Z")]
    [InlineData("2026-01-15T15:03:00+01:00")]
    public async Task Webhook_is_accepted_when_it_was_signed_within_five_minutes(string time) =>
        (await _relay.ReceiveAsync(Signed(time))).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Theory]
    [InlineData("2026-01-15T13:57:59Z")]
    [InlineData("2026-01-15T14:08:01Z")]
    [InlineData("2025-01-15T14:03:00Z")]
    [InlineData("14:03")]
    [InlineData("1768485780")]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("")]
    public async Task Webhook_is_unauthorized_when_it_was_signed_at_another_time(string time) =>
        (await _relay.ReceiveAsync(Signed(time))).ShouldBe(new WebhookOutcome.Unauthorized());

    [Fact]
    public async Task Webhook_is_unauthorized_when_its_time_is_not_the_signed_one() =>
        (await _relay.ReceiveAsync(Signed("2026-01-15T14:03:00Z").Header("X-Zendesk-Webhook-Signature-Timestamp", "2026-01-15T14:03:01Z")))
            .ShouldBe(new WebhookOutcome.Unauthorized());

    private static WebhookRequestBuilder Signed(string time) => new WebhookRequestBuilder("gladly", Body)
        .Header("X-Zendesk-Webhook-Signature-Timestamp", time)
        .Header("X-Zendesk-Webhook-Signature", Convert.ToBase64String(HMACSHA256.HashData("gladly-password"u8, [.. Encoding.UTF8.GetBytes(time), .. Body])));
}
