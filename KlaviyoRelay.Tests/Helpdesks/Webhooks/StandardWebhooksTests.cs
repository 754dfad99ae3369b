using KlaviyoRelay.Core.Conversations.Receiving;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>github.com/standard-webhooks/standard-webhooks, specification 1.0.0.</summary>
public sealed class StandardWebhooksTests : IDisposable
{
    private static readonly byte[] Body = new GladlyWebhookBuilder().Bytes();

    private readonly RelayFixture _relay = Fixture(StandardWebhook.Secret);

    public static TheoryData<string> Rotated =>
    [
        $"{StandardWebhook.Sign(Body)} v1,AAAA",
        $"v1,AAAA {StandardWebhook.Sign(Body)}",
        $"v1a,{StandardWebhook.Sign(Body)[3..]} {StandardWebhook.Sign(Body)}",
        $"v2,x v1 v1, , ,, {StandardWebhook.Sign(Body)} nonsense",
        $" {StandardWebhook.Sign(Body)} ",
    ];

    public static TheoryData<string?> Wrong =>
    [
        new TheoryDataRow<string?>(null),
        "",
        "v1,",
        "v1",
        StandardWebhook.Sign(Body)[3..],
        StandardWebhook.Sign(Body).Replace("v1,", "v1a,", StringComparison.Ordinal),
        StandardWebhook.Sign(Body).Replace("v1,", "V1,", StringComparison.Ordinal),
        StandardWebhook.Sign(Body).Replace("v1,", "v1, ", StringComparison.Ordinal),
        StandardWebhook.Sign(Body).TrimEnd('='),
        $"{StandardWebhook.Sign(Body)},{StandardWebhook.Sign(Body)}",
        StandardWebhook.Sign("{}"u8.ToArray()),
    ];

    public void Dispose() => _relay.Dispose();

    [Theory]
    [MemberData(nameof(Rotated))]
    public async Task Webhook_is_accepted_when_one_of_several_signatures_matches(string signatures) =>
        (await _relay.ReceiveAsync(StandardWebhook.Request(Body).Header("webhook-signature", signatures))).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Webhook_is_unauthorized_when_no_signature_matches(string? signatures) =>
        (await _relay.ReceiveAsync(StandardWebhook.Request(Body).Header("webhook-signature", signatures))).ShouldBe(new WebhookOutcome.Unauthorized());

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task Webhook_is_accepted_when_it_was_signed_within_five_minutes(int seconds, bool accepted)
    {
        var outcome = await _relay.ReceiveAsync(StandardWebhook.Request(Body, TestClock.Start.AddSeconds(seconds)));

        (outcome is WebhookOutcome.Accepted).ShouldBe(accepted);
        (outcome is WebhookOutcome.Unauthorized).ShouldBe(!accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("-1768485780")]
    [InlineData("1768485780.0")]
    [InlineData("+1768485780")]
    [InlineData(" 1768485780")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("2026-01-15T14:03:00Z")]
    public async Task Webhook_is_unauthorized_when_its_time_is_none_although_it_is_signed(string time)
    {
        var signature = StandardWebhook.Sign(Body, time, StandardWebhook.Secret);
        var request = StandardWebhook.Request(Body).Header("webhook-timestamp", time).Header("webhook-signature", signature);

        (await _relay.ReceiveAsync(request)).ShouldBe(new WebhookOutcome.Unauthorized());
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_not-base64!")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("a plain password")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task Webhook_is_unavailable_and_the_secret_named_when_it_is_no_signing_key(string secret)
    {
        using var relay = Fixture(secret);

        var outcome = await relay.ReceiveAsync(StandardWebhook.Request(Body));

        outcome.ShouldBeOfType<WebhookOutcome.Unavailable>();
        relay.Queue.Count.ShouldBe(0);
        relay.Logs.At(LogLevel.Error).ShouldHaveSingleItem().ShouldBe(
            "Could not accept a webhook on connection gladly: The secret 'gladlyPassword' is not base64 of 24 to 64 bytes, with or without whsec_ before it, so it can't be used for standard-webhooks: replace it.");
    }

    [Fact]
    public async Task Replayed_webhook_is_recorded_once()
    {
        _relay.Gladly.Knows(GladlyWebhookBuilder.CustomerId, "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();
        var first = await _relay.ReceiveAsync(StandardWebhook.Request(Body));
        var replay = await _relay.ReceiveAsync(StandardWebhook.Request(Body));
        var signedAnew = await _relay.ReceiveAsync(StandardWebhook.Request(Body, TestClock.Start.AddMinutes(4)));

        var ids = first.ShouldBeOfType<WebhookOutcome.Accepted>().Ids;
        replay.ShouldBeOfType<WebhookOutcome.Accepted>().Ids.ShouldBe(ids);
        signedAnew.ShouldBeOfType<WebhookOutcome.Accepted>().Ids.ShouldBe(ids);
        _relay.Queue.Fresh.Select(message => message.MessageId).ShouldBe([ids[0], ids[0], ids[0]]);

        foreach (var message in _relay.Queue.Fresh)
        {
            await _relay.RelayAsync(message.Body);
        }

        // Klaviyo keeps the first event of a unique_id.
        _relay.Klaviyo.EventRequests().Count.ShouldBe(3);
        _relay.Klaviyo.EventRequests().Select(request => request.UniqueId()).Distinct().ShouldHaveSingleItem();
    }

    private static RelayFixture Fixture(string secret) => new(
        ("Relay__Connections__gladly__Webhook__Kind", "standard-webhooks"),
        ("Secrets__gladlyPassword", secret));
}
