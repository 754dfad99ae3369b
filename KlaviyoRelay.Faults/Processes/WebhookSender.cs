using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using KlaviyoRelay.Simulator.Webhooks;

namespace KlaviyoRelay.Faults.Processes;

/// <summary>Posts webhooks as Gladly and Kustomer do.</summary>
internal sealed class WebhookSender(Uri relay) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = relay };

    public Task<HttpResponseMessage> GladlyAsync(string body, CancellationToken cancellationToken) =>
        SendAsync("gladly", Encoding.UTF8.GetBytes(body), BasicCredentials, cancellationToken);

    public Task<HttpResponseMessage> KustomerAsync(string body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return SendAsync("kustomer", bytes, headers => headers.Add(KustomerWebhooks.SignatureHeader, Sign(bytes)), cancellationToken);
    }

    public async Task<HttpResponseMessage> SendAsync(
        string connection, byte[] body, Action<HttpRequestHeaders>? headers, CancellationToken cancellationToken, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{connection}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        headers?.Invoke(request.Headers);
        return await _http.SendAsync(request, cancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) => _http.GetAsync(path, cancellationToken);

    public static void BasicCredentials(HttpRequestHeaders headers) =>
        headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"relay:{RelaySettings.GladlyPassword}")));

    public static string Sign(byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(RelaySettings.KustomerToken), body));

    public void Dispose() => _http.Dispose();
}
