using KlaviyoRelay.Core.Conversations.Receiving;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Conversations.Receiving;

/// <summary>A name that is no connection is told so at once, whatever else was sent.</summary>
public sealed class UnknownConnectionTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("unknown")]
    [InlineData("GLADLY")]
    [InlineData("")]
    public async Task Webhook_has_an_unknown_connection_when_none_has_the_name(string connection)
    {
        var outcome = await _relay.ReceiveAsync(new WebhookRequestBuilder(connection, "{}"u8.ToArray()));

        outcome.ShouldBe(new WebhookOutcome.UnknownConnection());
        _relay.Logs.At(LogLevel.Warning).ShouldBe(["Refused a webhook: its address names no connection."]);
    }

    [Fact]
    public async Task Webhook_to_an_unknown_connection_is_not_read()
    {
        var stream = new UnseekableStream(new byte[50_000], piece: 10_000);

        await _relay.ReceiveAsync(new WebhookRequestBuilder("unknown", []).Announced(null).Stream(stream));

        stream.Consumed.ShouldBe(0);
    }

    [Fact]
    public async Task Webhook_to_an_unknown_connection_gets_one_answer_whatever_its_form()
    {
        (await _relay.ReceiveAsync(new WebhookRequestBuilder("unknown", []).ContentType("text/plain"))).ShouldBe(new WebhookOutcome.UnknownConnection());
        (await _relay.ReceiveAsync(new WebhookRequestBuilder("unknown", []).Announced(WebhookLimits.MaxBodyBytes + 1))).ShouldBe(new WebhookOutcome.UnknownConnection());
    }
}
