using Azure.Core.Pipeline;

namespace KlaviyoRelay.Core.Http;

/// <summary>How Azure's clients send. Left to themselves, they take the environment's proxy for this machine's own addresses too.</summary>
public static class AzureTransport
{
    /// <summary>A transport that asks no proxy for loopback.</summary>
    public static HttpPipelineTransport Create() => new HttpClientTransport(new HttpClient(new SocketsHttpHandler
    {
        // Azurite closes idle connections after 5 s; one that it is closing just then would fail a request.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        ConnectTimeout = TimeSpan.FromSeconds(3),
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = LoopbackBypass.OfEnvironment,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });
}
