using System.Security.Cryptography;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>Headers that prove nothing, for every kind: each fails closed.</summary>
public sealed class CredentialHeaderTests
{
    private static readonly byte[] Body = new GladlyWebhookBuilder().Bytes();

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "basic", "Authorization", WebhookRequestBuilder.Basic("relay:gladly-password") },
        { "header", "X-Signature", "gladly-password" },
        { "hmac-custom", "X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData("gladly-password"u8, Body)) },
        { "hmac-sha256-hex", "X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData("gladly-password"u8, Body)) },
        { "hmac-sha256-hex", "X-Kustomer-Webhook-Signature", Convert.ToHexStringLower(HMACSHA256.HashData("gladly-password"u8, Body)) },
        { "hmac-sha256-base64", "X-Signature", Convert.ToBase64String(HMACSHA256.HashData("gladly-password"u8, Body)) },
        { "hmac-sha1-hex", "X-Signature", "sha1=" + Sha1() },
        { "hmac-sha1-hex", "X-Hub-Signature", "sha1=" + Sha1() },
    };

    /// <summary>The last is one, of another body.</summary>
    private static IEnumerable<string> NoSignatures =>
        ["not-hex", new string('0', 64), Convert.ToBase64String(new byte[32]), Convert.ToHexStringLower(HMACSHA256.HashData("gladly-password"u8, "{}"u8))];

    [Fact]
    public void Every_kind_is_in_these_tests_or_has_its_own() =>
        Kinds.Select(row => row.Data.Item1).Distinct().Concat(["hmac-sha256-timestamped", "standard-webhooks"]).ShouldBe(WebhookKinds.All, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Webhook_is_accepted_when_its_header_is_right(string kind, string header, string value) =>
        (await ReceiveAsync(kind, header, value)).ShouldBeOfType<WebhookOutcome.Accepted>();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Webhook_is_unauthorized_when_its_header_is_almost_right(string kind, string header, string value)
    {
        string?[] wrong =
        [
            null,
            "",
            value[..^1],
            value + "x",
            value + "\u00e9",
            value.Replace(value[^2], '\u0131'),
            value + "\0",
            $"{value},{value}",
            $"{value}, {value}",
            new string('a', 5000),
            value + new string(' ', 5000),
            $"v1,{value}",
            $"sha256={value}",
            .. kind.StartsWith("hmac", StringComparison.Ordinal) ? NoSignatures.Append($" {value}") : [],
        ];
        foreach (var text in wrong)
        {
            (await ReceiveAsync(kind, header, text)).ShouldBe(new WebhookOutcome.Unauthorized(), text);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Webhook_is_unauthorized_when_its_credentials_are_in_another_header(string kind, string header, string value) =>
        (await ReceiveAsync(kind, header, value, sentAs: "X-Other")).ShouldBe(new WebhookOutcome.Unauthorized());

    [Theory]
    [InlineData("hmac-sha256-hex", true)]
    [InlineData("header", false)]
    public async Task Hex_may_be_in_upper_case_and_a_token_may_not(string kind, bool isAccepted)
    {
        var value = Kinds.First(row => row.Data.Item1 == kind).Data.Item3.ToUpperInvariant();

        (await ReceiveAsync(kind, "X-Signature", value, sentAs: "x-signature") is WebhookOutcome.Accepted).ShouldBe(isAccepted);
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("header")]
    [InlineData("hmac-custom")]
    [InlineData("hmac-sha256-hex")]
    [InlineData("hmac-sha1-hex")]
    [InlineData("standard-webhooks")]
    public void Secret_can_not_be_used_when_it_is_empty(string kind)
    {
        using var relay = Fixture(kind, "X-Signature");
        var verifier = relay.Get<IEnumerable<IWebhookVerifier>>().Single(candidate => candidate.Kind == kind);
        var request = new WebhookRequestBuilder("gladly", Body)
            .Header("Authorization", WebhookRequestBuilder.Basic("relay:"))
            .Header("X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Array.Empty<byte>(), Body)))
            .Build();

        verifier.WhatIsWrongWith("").ShouldNotBeNull();
        verifier.IsAuthentic(new WebhookOptions { Username = "relay", Header = "X-Signature" }, "", request, Body).ShouldBeFalse();
    }

    private static async Task<WebhookOutcome> ReceiveAsync(string kind, string header, string? value, string? sentAs = null)
    {
        using var relay = Fixture(kind, header);
        return await relay.ReceiveAsync(new WebhookRequestBuilder("gladly", Body).Header(sentAs ?? header, value));
    }

    private static RelayFixture Fixture(string kind, string header) => new(
        ("Relay__Connections__gladly__Webhook__Kind", kind),
        ("Relay__Connections__gladly__Webhook__Header", header == "X-Signature" ? header : null));

    private static string Sha1()
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, "gladly-password"u8);
        hmac.AppendData(Body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
