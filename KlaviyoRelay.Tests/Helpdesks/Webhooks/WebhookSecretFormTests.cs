using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks.Checking;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Tests.Checks;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>A secret that no webhook could ever match is told, in the check and in the log, and not only refused.</summary>
public sealed class WebhookSecretFormTests
{
    public static TheoryData<string, string, string?> Secrets => new()
    {
        { "header", "a token with a blank and a tab\tinside", null },
        { "header", new string('a', 4096), null },
        { "header", new string('a', 4097), "is longer than 4096 characters" },
        { "header", "tok\u00e9n", "holds characters that no header carries" },
        { "header", "tok\0en", "holds characters that no header carries" },
        { "header", " token", "holds a blank or a line break at an end" },
        { "header", "token ", "holds a blank or a line break at an end" },
        { "header", "", "is empty" },
        { "basic", "p\u00e4ss word", null },
        { "basic", "password\t", "holds a blank or a line break at an end" },
        { "basic", "password\r\n", "holds a blank or a line break at an end" },
        { "basic", "", "is empty" },
        { "hmac-sha256-hex", "k\u00e9y of text", null },
        { "hmac-sha256-hex", "key\n", "holds a blank or a line break at an end" },
        { "hmac-sha1-hex", " key", "holds a blank or a line break at an end" },
        { "hmac-sha256-base64", "", "is empty" },
        { "standard-webhooks", StandardWebhook.Secret, null },
        { "standard-webhooks", StandardWebhook.Secret + "\n", null },
        { "standard-webhooks", "token", "is not base64 of 24 to 64 bytes, with or without whsec_ before it" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_is_wrong_when_no_webhook_can_match_it(string kind, string secret, string? wrong)
    {
        using var relay = new RelayFixture();

        relay.Get<IEnumerable<IWebhookVerifier>>().Single(verifier => verifier.Kind == kind).WhatIsWrongWith(secret).ShouldBe(wrong);
    }

    [Fact]
    public async Task Token_that_no_header_carries_fails_the_check_and_makes_webhooks_unavailable()
    {
        using var fixture = new CheckFixture(
            ("Relay__Connections__gladly__Webhook__Kind", "header"),
            ("Relay__Connections__gladly__Webhook__Header", "X-Token"),
            ("Secrets__gladlyPassword", "tok\u00e9n"));

        var line = await fixture.LineAsync("Webhook secret");
        var outcome = await fixture.Relay.ReceiveAsync(new WebhookRequestBuilder("gladly", new GladlyWebhookBuilder().Bytes()).Header("X-Token", "tok\u00e9n"));

        line.ShouldBe(new CheckLine(
            "Webhook secret", CheckOutcome.Failed, "The secret 'gladlyPassword' holds a character that is not ASCII, which no key, token or password of a far end has", "store it again without"));
        outcome.ShouldBeOfType<WebhookOutcome.Unavailable>();
        fixture.Relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("holds a character that is not ASCII");
    }
}
