using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.Helpdesks.Webhooks;

/// <summary>A way of signing that no kind has is described by settings.</summary>
public sealed class SignatureSettingsTests
{
    private const string Setting = "Relay__Connections__gladly__Webhook__Signature";

    private static readonly byte[] Body = new GladlyWebhookBuilder().Bytes();

    public static TheoryData<string, string> Wrong => new()
    {
        { "Algorithm=md5", $"{Setting}__Algorithm is 'md5': it should be sha1, sha256, sha384, sha512." },
        { "Encoding=base32", $"{Setting}__Encoding is 'base32': it should be hex, base64." },
        { "SignedText=", $"{Setting}__SignedText is missing: it should be {{body}} once" },
        { "SignedText=body", $"{Setting}__SignedText is 'body': it should be {{body}} once" },
        { "SignedText={body}{body}", $"{Setting}__SignedText is '{{body}}{{body}}': it should be {{body}} once" },
        { "SignedText={X-Time.{body}", $"{Setting}__SignedText is '{{X-Time.{{body}}': it should be {{body}} once" },
        { "SignedText={X Time}{body}", $"{Setting}__SignedText is '{{X Time}}{{body}}': it should be {{body}} once" },
        { "SignedText=}{body}", $"{Setting}__SignedText is '}}{{body}}': it should be {{body}} once" },
        { "TimeHeader=X-Time", $"{Setting}__TimeHeader is 'X-Time': it should be a header of SignedText" },
        { "Tolerance=00:00:00", $"{Setting}__Tolerance is '00:00:00': it should be a time from" },
        { "Tolerance=2.00:00:00", $"{Setting}__Tolerance is '2.00:00:00': it should be a time from" },
        { "Prefixes=x", $"{Setting}__Prefixes is not a setting" },
    };

    [Theory]
    [InlineData("", "hex")]
    [InlineData("", "HEX")]
    [InlineData("Prefix=sha256=", "sha256=hex")]
    [InlineData("Prefix=sha256=", "SHA256=HEX")]
    [InlineData("Encoding=base64", "base64")]
    [InlineData("Algorithm=sha1", "sha1")]
    [InlineData("Algorithm=sha384", "sha384")]
    [InlineData("Algorithm=sha512", "sha512")]
    public async Task Webhook_is_accepted_when_it_is_signed_as_the_settings_say(string setting, string form)
    {
        using var relay = Relay(setting);

        (await relay.ReceiveAsync(Signed(form))).ShouldBeOfType<WebhookOutcome.Accepted>();
        (await relay.ReceiveAsync(Signed(form).Header("X-Signature", new string('0', 64)))).ShouldBe(new WebhookOutcome.Unauthorized());
    }

    [Theory]
    [InlineData("{X-Time}.{body}", "1768485780", true)]
    [InlineData("{x-time}.{body}", "1768485780000", true)]
    [InlineData("{X-Time}.{body}", "2026-01-15T14:03:00Z", true)]
    [InlineData("v0:{X-Time}:{body}", "1768485480", true)]
    [InlineData("{body}{X-Time}", "1768486080", true)]
    [InlineData("{X-Time}.{body}", "1768485479", false)]
    [InlineData("{X-Time}.{body}", "1768486081000", false)]
    [InlineData("{X-Time}.{body}", "99999999999999999999", false)]
    [InlineData("{X-Time}.{body}", "now", false)]
    [InlineData("{X-Time}.{body}", "", false)]
    public async Task Time_is_signed_with_the_body_and_at_most_five_minutes_off(string signedText, string time, bool isTimely)
    {
        using var relay = Relay($"SignedText={signedText}", "TimeHeader=X-Time");
        var text = Encoding.UTF8.GetBytes(signedText.Replace("{X-Time}", time, StringComparison.OrdinalIgnoreCase).Replace("{body}", Encoding.UTF8.GetString(Body), StringComparison.Ordinal));
        var request = new WebhookRequestBuilder("gladly", Body).Header("X-Time", time).Header("X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData("gladly-password"u8, text)));

        (await relay.ReceiveAsync(request) is WebhookOutcome.Accepted).ShouldBe(isTimely);
        (await relay.ReceiveAsync(request.Header("X-Time", "1768485781"))).ShouldBe(new WebhookOutcome.Unauthorized());
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Start_fails_with_a_line_when_a_setting_is_wrong(string setting, string expected) =>
        SettingsCheck.Errors(TestSettings.With([.. Settings(setting)])).ShouldHaveSingleItem().ShouldStartWith(expected);

    [Fact]
    public void Start_fails_when_the_header_is_not_named() =>
        SettingsCheck.Errors(TestSettings.With([.. Settings(""), ("Relay__Connections__gladly__Webhook__Header", null)])).ShouldHaveSingleItem().ShouldStartWith("Relay__Connections__gladly__Webhook__Header is missing");

    private static RelayFixture Relay(params string[] settings) => new([.. Settings(settings)]);

    private static IEnumerable<(string Name, string? Value)> Settings(params string[] settings) =>
    [
        ("Relay__Connections__gladly__Webhook__Kind", "hmac-custom"),
        ("Relay__Connections__gladly__Webhook__Header", "X-Signature"),
        .. settings.Where(setting => setting.Length > 0).Select(setting => ($"{Setting}__{setting.Split('=', 2)[0]}", (string?)setting.Split('=', 2)[1])),
    ];

    private static WebhookRequestBuilder Signed(string form)
    {
        var sha256 = HMACSHA256.HashData("gladly-password"u8, Body);
        return new WebhookRequestBuilder("gladly", Body).Header("X-Signature", form switch
        {
            "HEX" => Convert.ToHexString(sha256),
            "sha256=hex" => $"sha256={Convert.ToHexStringLower(sha256)}",
            "SHA256=HEX" => $"SHA256={Convert.ToHexString(sha256)}",
            "base64" => Convert.ToBase64String(sha256),
            "sha1" => Convert.ToHexStringLower(HashOf(HashAlgorithmName.SHA1)),
            "sha384" => Convert.ToHexStringLower(HMACSHA384.HashData("gladly-password"u8, Body)),
            "sha512" => Convert.ToHexStringLower(HMACSHA512.HashData("gladly-password"u8, Body)),
            _ => Convert.ToHexStringLower(sha256),
        });
    }

    private static byte[] HashOf(HashAlgorithmName algorithm)
    {
        using var hmac = IncrementalHash.CreateHMAC(algorithm, "gladly-password"u8);
        hmac.AppendData(Body);
        return hmac.GetHashAndReset();
    }
}
