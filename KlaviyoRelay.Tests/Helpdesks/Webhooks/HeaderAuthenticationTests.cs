using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

public sealed class HeaderAuthenticationTests : IDisposable
{
    private readonly RelayFixture _relay = new(
        ("Relay__Connections__gladly__Webhook__Kind", "header"),
        ("Relay__Connections__gladly__Webhook__Header", "X-Gladly-Token"));

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gladly-passwor")]
    [InlineData("GLADLY-PASSWORD")]
    [InlineData("gladly-password,gladly-password")]
    public async Task Webhook_is_unauthorized_when_its_token_is_missing_or_wrong(string? token)
    {
        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()).Header("X-Gladly-Token", token));

        outcome.ShouldBe(new WebhookOutcome.Unauthorized());
    }

    [Fact]
    public async Task Webhook_is_accepted_when_its_token_is_right()
    {
        var outcome = await _relay.ReceiveAsync(new WebhookRequestBuilder("gladly", new GladlyWebhookBuilder().Bytes()).Header("x-gladly-token", "gladly-password"));

        outcome.ShouldBeOfType<WebhookOutcome.Accepted>();
    }
}
