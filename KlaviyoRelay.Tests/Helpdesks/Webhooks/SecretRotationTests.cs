using KlaviyoRelay.Core.Conversations.Receiving;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>Two secrets are accepted while one replaces the other.</summary>
public sealed class SecretRotationTests : IDisposable
{
    private static readonly byte[] Body = new GladlyWebhookBuilder().Bytes();

    private readonly RelayFixture _relay = new(
        ("Relay__Connections__gladly__Webhook__SecondSecret", "nextPassword"),
        ("Secrets__nextPassword", "next-password"));

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("gladly-password", true)]
    [InlineData("next-password", true)]
    [InlineData("other-password", false)]
    [InlineData("", false)]
    public async Task Webhook_is_accepted_with_either_password(string password, bool accepted) => ShouldBe(await ReceiveAsync(password), accepted);

    [Theory]
    [InlineData("gladly-password", true)]
    [InlineData("next-password", true)]
    [InlineData("other-password", false)]
    public async Task Webhook_is_accepted_with_either_token(string token, bool accepted)
    {
        using var relay = Fixture("header", "gladly-password", "next-password", ("Relay__Connections__gladly__Webhook__Header", "X-Token"));

        ShouldBe(await relay.ReceiveAsync(new WebhookRequestBuilder("gladly", Body).Header("X-Token", token)), accepted);
    }

    [Theory]
    [InlineData("whsec_bmV4dCBrZXkgb2YgMjQgYnl0ZXMgISEh", true)]
    [InlineData(StandardWebhook.Secret, true)]
    [InlineData("whsec_b3RoZXIga2V5IG9mIDI0IGJ5dGVzICEh", false)]
    public async Task Webhook_is_accepted_with_a_signature_by_either_key(string key, bool accepted)
    {
        using var relay = Fixture("standard-webhooks", StandardWebhook.Secret, "whsec_bmV4dCBrZXkgb2YgMjQgYnl0ZXMgISEh");

        ShouldBe(await relay.ReceiveAsync(StandardWebhook.Request(Body).Header("webhook-signature", StandardWebhook.Sign(Body, "1768485780", key))), accepted);
    }

    [Theory]
    [InlineData("nextPassword", "gladly-password")]
    [InlineData("gladlyPassword", "next-password")]
    public async Task Webhook_is_accepted_with_one_secret_when_the_other_is_missing(string missing, string password)
    {
        _ = await ReceiveAsync(password);
        _relay.Configuration[$"Secrets:{missing}"] = null;

        ShouldBe(await ReceiveAsync(password), accepted: true);
        _relay.Logs.At(LogLevel.Warning).ShouldHaveSingleItem().ShouldStartWith(
            $"Connection gladly has one secret only, because the other can't be used. The secret '{missing}' is missing");
    }

    [Fact]
    public async Task Webhook_is_unavailable_when_neither_its_credentials_match_nor_both_secrets_could_be_asked()
    {
        _ = await ReceiveAsync("gladly-password");
        _relay.Configuration["Secrets:nextPassword"] = null;

        (await ReceiveAsync("next-password")).ShouldBeOfType<WebhookOutcome.Unavailable>();
        _relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("The secret 'nextPassword' is missing");
    }

    [Fact]
    public async Task Webhook_is_accepted_with_one_key_when_the_other_is_no_signing_key()
    {
        using var relay = Fixture("standard-webhooks", "no key", StandardWebhook.Secret);

        ShouldBe(await relay.ReceiveAsync(StandardWebhook.Request(Body)), accepted: true);
        relay.Logs.At(LogLevel.Warning).ShouldHaveSingleItem().ShouldNotContain("no key");
    }

    private static RelayFixture Fixture(string kind, string secret, string second, params (string Name, string? Value)[] more) => new(
    [
        ("Relay__Connections__gladly__Webhook__Kind", kind),
        ("Relay__Connections__gladly__Webhook__SecondSecret", "second"),
        ("Secrets__gladlyPassword", secret),
        ("Secrets__second", second),
        .. more,
    ]);

    private static void ShouldBe(WebhookOutcome outcome, bool accepted)
    {
        if (accepted)
        {
            outcome.ShouldBeOfType<WebhookOutcome.Accepted>();
        }
        else
        {
            outcome.ShouldBe(new WebhookOutcome.Unauthorized());
        }
    }

    private Task<WebhookOutcome> ReceiveAsync(string password) =>
        _relay.ReceiveAsync(WebhookRequestBuilder.Gladly(Body).Header("Authorization", WebhookRequestBuilder.Basic($"relay:{password}")));
}
