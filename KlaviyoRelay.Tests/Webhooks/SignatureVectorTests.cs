using System.Text;
using KlaviyoRelay.Core.Webhooks;

namespace KlaviyoRelay.Tests.Webhooks;

/// <summary>Signatures that the vendors publish, or that follow from what they publish, computed by other programs. Gladly signs no webhooks.</summary>
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

    [Fact]
    public void Every_scheme_has_a_vector_in_these_tests() =>
        HmacSchemes.All.Select(scheme => scheme.Kind).ShouldBe(["hmac-sha256-hex", "hmac-sha256-base64", "hmac-sha256-timestamped", "hmac-sha1-hex", "standard-webhooks"]);

    /// <summary>Authentic as it is, and no longer when a byte of the body, a header or the secret is another one.</summary>
    private static void ShouldBeAuthentic(string kind, string secret, string body, params (string Name, string Value)[] headers)
    {
        var scheme = HmacSchemes.All.Single(candidate => candidate.Kind == kind);
        var options = new WebhookOptions { Kind = kind, Header = scheme.Header is null ? headers[0].Name : "" };

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

            return new HmacVerifier(scheme, new TestClock(SignedAt(kind))).IsAuthentic(options, key, request.Build(), new HashedBody(bytes));
        }
    }

    private static DateTimeOffset SignedAt(string kind) =>
        kind == "standard-webhooks" ? DateTimeOffset.FromUnixTimeSeconds(1614265330) : new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
}
