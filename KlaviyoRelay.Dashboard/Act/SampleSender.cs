using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Posts a webhook to the relay over HTTP, signed as the helpdesk would sign it.</summary>
internal sealed class SampleSender(ISecretStore secrets, IServer server) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>The relay's HTTP status.</summary>
    /// <exception cref="SecretUnavailableException">The connection's secret can't be read.</exception>
    /// <exception cref="HttpRequestException">The relay does not answer.</exception>
    public async Task<int> PostAsync(string connection, ConnectionOptions options, string json, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(json);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Relay(), $"/api/webhooks/{connection}"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        Sign(request.Headers, options, await secrets.GetAsync(options.Webhook.Secret, cancellationToken), body);
        using var answer = await _http.SendAsync(request, cancellationToken);
        return (int)answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private static void Sign(HttpRequestHeaders headers, ConnectionOptions options, string secret, byte[] body)
    {
        switch (options.Webhook.Kind.ToLowerInvariant())
        {
            case "basic":
                headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Webhook.Username}:{secret}")));
                break;
            case "header":
                headers.TryAddWithoutValidation(options.Webhook.Header, secret);
                break;
            default:
                var header = options.Webhook.Header is { Length: > 0 } name ? name : "X-Kustomer-Webhook-Signature";
                headers.TryAddWithoutValidation(header, Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
                break;
        }
    }

    // What listens on every address listens on this one too.
    private Uri Relay()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(one => one.StartsWith("http:", StringComparison.Ordinal))
            ?? throw new HttpRequestException("The relay listens on no http address.");
        var port = BindingAddress.Parse(address).Port;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }
}
