using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>Right credentials for a body, by kind, computed without the relay's own code.</summary>
internal static class FuzzCredentials
{
    public const string Header = "X-Fuzz-Signature";
    public const string Secret = StandardWebhook.Secret;

    private const string ZendeskTime = "X-Zendesk-Webhook-Signature-Timestamp";

    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Secret);

    public static IReadOnlyList<string> Kinds => WebhookKinds.All;

    public static string ConnectionOf(string kind) => kind.Replace('-', '_');

    public static Dictionary<string, string> For(string kind, byte[] body, DateTimeOffset now) => kind switch
    {
        "basic" => new() { ["Authorization"] = WebhookRequestBuilder.Basic($"relay:{Secret}") },
        "header" => new() { [Header] = Secret },
        "hmac-custom" or "hmac-sha256-hex" => new() { [Header] = Convert.ToHexStringLower(HMACSHA256.HashData(Key, body)) },
        "hmac-sha256-base64" => new() { [Header] = Convert.ToBase64String(HMACSHA256.HashData(Key, body)) },
        "hmac-sha1-hex" => new() { [Header] = "sha1=" + Convert.ToHexStringLower(Sha1(body)) },
        "hmac-sha256-timestamped" => Zendesk(body, now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        "standard-webhooks" => Standard(body, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Say how this kind is signed."),
    };

    private static Dictionary<string, string> Zendesk(byte[] body, string time)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(time), .. body];
        return new() { [ZendeskTime] = time, [Header] = Convert.ToBase64String(HMACSHA256.HashData(Key, signed)) };
    }

    private static Dictionary<string, string> Standard(byte[] body, string time) => new()
    {
        ["webhook-id"] = StandardWebhook.Id,
        ["webhook-timestamp"] = time,
        [Header] = StandardWebhook.Sign(body, time, Secret),
    };

    private static byte[] Sha1(byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Key);
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
