using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Helpdesks.Webhooks;

namespace KlaviyoRelay.Tests.Support;

/// <summary>A webhook as a host hands it over, with the connection's right credentials unless the test says otherwise.</summary>
internal sealed class WebhookRequestBuilder(string connection, byte[] body)
{
    public const string Signature = "X-Kustomer-Webhook-Signature";

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);
    private string? _contentType = "application/json";
    private long? _length = body.Length;
    private Stream _stream = new MemoryStream(body);

    public static WebhookRequestBuilder Gladly(string body) => Gladly(Encoding.UTF8.GetBytes(body));

    public static WebhookRequestBuilder Gladly(byte[] body) => new WebhookRequestBuilder("gladly", body).Header("Authorization", Basic("relay:gladly-password"));

    public static WebhookRequestBuilder Kustomer(string body) => Kustomer(Encoding.UTF8.GetBytes(body));

    public static WebhookRequestBuilder Kustomer(byte[] body) => new WebhookRequestBuilder("kustomer", body).Header(Signature, Sign(body));

    public static WebhookRequestBuilder Desk(string body) => new WebhookRequestBuilder("desk", Encoding.UTF8.GetBytes(body)).Header("X-Webhook-Token", "desk-token");

    public static string Basic(string credentials) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";

    public static string Sign(byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData("kustomer-test-token"u8, body));

    /// <summary>Sets a header; null takes it away. Several values come joined with commas, as hosts hand them over.</summary>
    public WebhookRequestBuilder Header(string name, string? value)
    {
        _headers.Remove(name);
        if (value is not null)
        {
            _headers[name] = value;
        }

        return this;
    }

    public WebhookRequestBuilder ContentType(string? contentType)
    {
        _contentType = contentType;
        return this;
    }

    public WebhookRequestBuilder Announced(long? length)
    {
        _length = length;
        return this;
    }

    public WebhookRequestBuilder Stream(Stream stream)
    {
        _stream = stream;
        return this;
    }

    public WebhookRequest Build() => new(connection, _contentType, _length, _stream, name => _headers.GetValueOrDefault(name));
}
