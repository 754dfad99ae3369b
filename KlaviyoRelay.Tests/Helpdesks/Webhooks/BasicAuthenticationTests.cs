using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

public sealed class BasicAuthenticationTests : IDisposable
{
    private readonly RelayFixture _relay = new();

    public static TheoryData<string?> WrongHeaders =>
    [
        new TheoryDataRow<string?>(null),
        "",
        "Basic",
        "Basic ",
        "Basic !!!not-base64!!!",
        "Basic cmVsYXk6Z2xhZGx5LXBhc3N3b3J",
        WebhookRequestBuilder.Basic("relay:wrong-password"),
        WebhookRequestBuilder.Basic("other:gladly-password"),
        WebhookRequestBuilder.Basic("relay:gladly-password "),
        WebhookRequestBuilder.Basic("relay:Gladly-Password"),
        WebhookRequestBuilder.Basic("relay:"),
        WebhookRequestBuilder.Basic("relay"),
        WebhookRequestBuilder.Basic("relay:gladly-password")["Basic ".Length..],
        WebhookRequestBuilder.Basic("relay:gladly-password").Replace("Basic", "Bearer", StringComparison.Ordinal),
        $"{WebhookRequestBuilder.Basic("relay:gladly-password")},{WebhookRequestBuilder.Basic("relay:gladly-password")}",
    ];

    public void Dispose() => _relay.Dispose();

    [Theory]
    [MemberData(nameof(WrongHeaders))]
    public async Task Webhook_is_unauthorized_when_its_basic_credentials_are_missing_or_wrong(string? authorization)
    {
        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()).Header("Authorization", authorization));

        outcome.ShouldBe(new WebhookOutcome.Unauthorized());
        _relay.Queue.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("BASIC")]
    public async Task Webhook_is_accepted_whatever_the_case_of_the_scheme(string scheme)
    {
        var header = WebhookRequestBuilder.Basic("relay:gladly-password").Replace("Basic", scheme, StringComparison.Ordinal);

        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()).Header("Authorization", header));

        outcome.ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Webhook_is_accepted_when_the_password_holds_colons_and_blanks()
    {
        using var relay = new RelayFixture(("Secrets__gladlyPassword", "pa:ss: wo:rd"));

        var outcome = await relay.ReceiveAsync(
            WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()).Header("Authorization", WebhookRequestBuilder.Basic("relay:pa:ss: wo:rd")));

        outcome.ShouldBeOfType<WebhookOutcome.Accepted>();
    }

    [Fact]
    public async Task Webhook_is_verified_before_it_is_parsed()
    {
        var outcome = await _relay.ReceiveAsync(WebhookRequestBuilder.Gladly("no json").Header("Authorization", null));

        outcome.ShouldBeOfType<WebhookOutcome.Unauthorized>();
    }

    [Fact]
    public async Task Changed_password_is_taken_without_a_restart()
    {
        _relay.Configuration["Secrets:gladlyPassword"] = "new-password";

        var old = await _relay.ReceiveAsync(new GladlyWebhookBuilder());
        var changed = await _relay.ReceiveAsync(
            WebhookRequestBuilder.Gladly(new GladlyWebhookBuilder().Bytes()).Header("Authorization", WebhookRequestBuilder.Basic("relay:new-password")));

        old.ShouldBeOfType<WebhookOutcome.Unauthorized>();
        changed.ShouldBeOfType<WebhookOutcome.Accepted>();
    }
}
