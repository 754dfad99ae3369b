using System.Globalization;
using System.Text;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Cli.Events;

/// <summary>The headers by which a webhook proves that it comes from the helpdesk, for every kind that the relay knows.</summary>
internal static class WebhookProof
{
    /// <param name="options">How the connection's webhooks are proven.</param>
    /// <param name="secret">The password, the token or the signing key.</param>
    /// <param name="body">The webhook.</param>
    /// <param name="id">Its own id, where that is signed.</param>
    /// <param name="now">When it is signed.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(WebhookOptions options, string secret, byte[] body, string id, DateTimeOffset now) => options.Kind.ToLowerInvariant() switch
    {
        "basic" => [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{secret}"))}")],
        "header" => [(options.Header, secret)],
        var kind => Signed(HmacSchemes.All.FirstOrDefault(scheme => scheme.Kind == kind) ?? HmacSchemes.Of(options), options.Header, secret, body, id, now),
    };

    private static List<(string Name, string Value)> Signed(HmacScheme scheme, string header, string secret, byte[] body, string id, DateTimeOffset now)
    {
        var headers = scheme.SignedText.Headers.Append(scheme.Time?.Header).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Value: string.Equals(name, scheme.Time?.Header, StringComparison.OrdinalIgnoreCase) ? Time(scheme.Time?.Format, now) : id))
            .ToList();
        var request = new WebhookRequest("", null, body.Length, Stream.Null, name => headers.Find(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase)).Value);
        var key = scheme.KeyOf(secret) ?? throw new TriggerException("The secret can't be a signing key: Standard Webhooks asks for base64 of 24 to 64 bytes, with or without whsec_ before it.");
        headers.Add((header.Length > 0 ? header : scheme.Header ?? throw new TriggerException("The settings name no header for the signature: set Webhook__Header of the connection."), Encoding.ASCII.GetString(scheme.Sign(key, request, body))));
        return headers;
    }

    private static string Time(SigningTimeFormat? format, DateTimeOffset now) => format == SigningTimeFormat.Iso8601
        ? now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}

/// <summary>Why a sample can't be sent, and what to do.</summary>
internal sealed class TriggerException(string message) : Exception(message);
