using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>The HTTP client for queue and blob storage.</summary>
internal static class AzuriteHttp
{
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        // Azurite closes idle connections after 5 s; one that it is just closing would fail a request.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        ConnectTimeout = TimeSpan.FromSeconds(3),
        UseCookies = false,
        Proxy = LoopbackBypass.OfEnvironment,
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };
}
