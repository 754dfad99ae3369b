using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using KlaviyoRelay.Core.Secrets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>Posts a webhook to the relay over HTTP, with the proof that the connection asks for.</summary>
internal sealed class SampleSender(ISecretStore secrets, IServer server) : IDisposable
{
    public static readonly string[] Kinds = ["basic", "header", "hmac-sha256-hex"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>The relay's HTTP status.</summary>
    /// <exception cref="SecretUnavailableException">The connection's secret can't be read.</exception>
    /// <exception cref="HttpRequestException">The relay does not answer.</exception>
    public async Task<int> PostAsync(string connection, WebhookOptions options, SampleWebhook webhook, CancellationToken cancellationToken)
    {
        var (secret, body) = (await secrets.GetAsync(options.Secret, cancellationToken), Encoding.UTF8.GetBytes(webhook.Body));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Relay(), $"/api/webhooks/{connection}"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        var (name, value) = options.Kind.ToLowerInvariant() switch
        {
            "basic" => ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{secret}"))}"),
            "header" => (options.Header, secret),
            _ => (
                options.Header is { Length: > 0 } header ? header : webhook.SignatureHeader,
                Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))),
        };
        request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request, cancellationToken);
        return (int)answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    // What listens on every address listens on this one too.
    private Uri Relay()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(one => one.StartsWith("http:", StringComparison.Ordinal))
            ?? throw new HttpRequestException("The relay listens on no http address.");
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{BindingAddress.Parse(address).Port}"));
    }
}
