using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Tests.Support;

/// <summary>Webhooks that are signed as Standard Webhooks asks for.</summary>
internal static class StandardWebhook
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    /// <summary>A webhook to the connection <c>gladly</c>, signed at the clock's start unless the test says otherwise.</summary>
    public static WebhookRequestBuilder Request(byte[] body, DateTimeOffset? signedAt = null)
    {
        var time = Seconds(signedAt ?? TestClock.Start);
        return new WebhookRequestBuilder("gladly", body)
            .Header("webhook-id", Id)
            .Header("webhook-timestamp", time)
            .Header("webhook-signature", Sign(body, time, Secret));
    }

    public static string Sign(byte[] body) => Sign(body, Seconds(TestClock.Start), Secret);

    public static string Sign(byte[] body, string time, string secret)
    {
        var key = Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{time}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
