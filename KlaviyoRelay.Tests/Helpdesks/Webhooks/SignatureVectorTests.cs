using System.Text;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>Signatures that the vendors publish, or that follow from what they publish, computed by other programs. Gladly signs no webhooks.</summary>
/// <remarks>Published by the vendors themselves: Standard Webhooks', Help Scout's and GitHub's. The others are computed with OpenSSL by the published rules.</remarks>
public sealed class SignatureVectorTests
{
    private const string KustomerBody = """{"id":"6717c2b1e5b1f00012ab3511","name":"kustomer.conversation.update"}""";
    private const string ZendeskBody = """{"type":"zen:event-type:ticket.status_changed"}""";
    private const string IntercomBody = """{"type":"notification_event","topic":"ping"}""";
    private const string StandardBody = """{"test": 2432232314}""";

    [Fact]
    public void Kustomer_vector_is_authentic() => ShouldBeAuthentic(
        "hmac-sha256-hex",
        "kustomer-test-token",
        KustomerBody,
        ("X-Kustomer-Webhook-Signature", "1a2867d50d29378a3de61dbf792c9302522740b9f7e47ff703e9464825adc62d"));

    [Fact]
    public void Kustomer_vector_in_base64_is_authentic() => ShouldBeAuthentic(
        "hmac-sha256-base64",
        "kustomer-test-token",
        KustomerBody,
        ("X-Signature", Convert.ToBase64String(Convert.FromHexString("1a2867d50d29378a3de61dbf792c9302522740b9f7e47ff703e9464825adc62d"))));

    [Fact]
    public void Zendesk_vector_is_authentic() => ShouldBeAuthentic(
        "hmac-sha256-timestamped",
        "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
        ZendeskBody,
        ("X-Zendesk-Webhook-Signature", "/aDHXptsPtGW7gNbUIQHXs9ru8WAtAfxQJAvw5AmJyE="),
        ("X-Zendesk-Webhook-Signature-Timestamp", "2026-01-15T12:00:00Z"));

    [Fact]
    public void Intercom_vector_is_authentic() => ShouldBeAuthentic(
        "hmac-sha1-hex",
        "intercom-client-secret",
        IntercomBody,
        ("X-Hub-Signature", "sha1=9e8917a4fdd555230bacda28c913e3e456660272"));

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Standard_Webhooks_vector_is_authentic(string secret) => ShouldBeAuthentic(
        "standard-webhooks",
        secret,
        StandardBody,
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

    // developer.helpscout.com/webhooks: its example of a signature, with the key "your secret key".
    [Fact]
    public void Help_Scout_vector_is_authentic_by_settings() => ShouldBeAuthentic(
        new SignatureOptions { Algorithm = "sha1", Encoding = "base64" },
        "your secret key",
        """{"ticket":{"id":"1","number":"2"},"customer":{"id":"1","fname":"Jackie","lname":"Chan","email":"jackie.chan@somewhere.com","emails":["jackie.chan@somewhere.com"]}}""",
        ("X-HelpScout-Signature", "I1KlvGppYqvFTJgJ9jezdQMDiyI="));

    // docs.podium.com/docs/verifying-webhook-signatures publishes the signed text and no signature: that is computed.
    [Fact]
    public void Podium_vector_is_authentic_by_settings() => ShouldBeAuthentic(
        new SignatureOptions { SignedText = "{podium-timestamp}.{body}", TimeHeader = "podium-timestamp" },
        "podium-test-secret",
        """{"data":{"bar":"apples","foo":"1"},"metadata":{"event_type":"test.event","version":"2021.04.01"}}""",
        ("podium-signature", "25496c73c8ed563e60c85cb003fed48f85efeaf6b3fadfd50fad2d2d0d5ea810"),
        ("podium-timestamp", "1620771659663"));

    // docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries: its values to test with.
    [Fact]
    public void GitHub_vector_is_authentic_by_settings() => ShouldBeAuthentic(
        new SignatureOptions { Prefix = "sha256=" },
        "It's a Secret to Everybody",
        "Hello, World!",
        ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));

    [Fact]
    public void Every_scheme_has_a_vector_in_these_tests() =>
        HmacSchemes.All.Select(scheme => scheme.Kind).ShouldBe(["hmac-sha256-hex", "hmac-sha256-base64", "hmac-sha256-timestamped", "hmac-sha1-hex", "standard-webhooks"]);

    /// <summary>Authentic as it is, and no longer when a byte of the body, a header or the secret is another one.</summary>
    private static void ShouldBeAuthentic(string kind, string secret, string body, params (string Name, string Value)[] headers)
    {
        var scheme = HmacSchemes.All.Single(candidate => candidate.Kind == kind);
        ShouldBeAuthentic(new HmacVerifier(scheme, new TestClock(SignedAt(kind))), new WebhookOptions { Kind = kind, Header = scheme.Header is null ? headers[0].Name : "" }, secret, body, headers);
    }

    private static void ShouldBeAuthentic(SignatureOptions signature, string secret, string body, params (string Name, string Value)[] headers) => ShouldBeAuthentic(
        new SetHmacVerifier(new TestClock(SignedAt("podium"))), new WebhookOptions { Kind = "hmac-custom", Header = headers[0].Name, Signature = signature }, secret, body, headers);

    private static void ShouldBeAuthentic(IWebhookVerifier verifier, WebhookOptions options, string secret, string body, params (string Name, string Value)[] headers)
    {

        IsAuthentic(secret, body, headers).ShouldBeTrue();
        IsAuthentic(secret + "A", body, headers).ShouldBeFalse();
        IsAuthentic(secret, body + " ", headers).ShouldBeFalse();
        IsAuthentic(secret, body, []).ShouldBeFalse();
        foreach (var (name, value) in headers)
        {
            (string, string)[] others = [.. headers.Where(header => header.Name != name)];
            IsAuthentic(secret, body, others).ShouldBeFalse(name);
            IsAuthentic(secret, body, [.. others, (name, value[..^1])]).ShouldBeFalse(name);
            IsAuthentic(secret, body, [.. others, (name, value + "0")]).ShouldBeFalse(name);
        }

        bool IsAuthentic(string key, string text, (string Name, string Value)[] sent)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var request = new WebhookRequestBuilder("any", bytes);
            foreach (var (name, value) in sent)
            {
                request.Header(name, value);
            }

            return verifier.IsAuthentic(options, key, request.Build(), bytes);
        }
    }

    private static DateTimeOffset SignedAt(string kind) => kind switch
    {
        "standard-webhooks" => DateTimeOffset.FromUnixTimeSeconds(1614265330),
        "podium" => DateTimeOffset.FromUnixTimeMilliseconds(1620771659663),
        _ => new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero),
    };
}
