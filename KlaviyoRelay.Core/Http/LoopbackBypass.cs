using System.Net;

namespace KlaviyoRelay.Core.Http;

/// <summary>
/// The environment's proxy (<c>HTTP_PROXY</c> and its like) for every address but this machine's own: a proxy
/// elsewhere can't reach Azurite, the simulator or a collector that listens on loopback.
/// </summary>
/// <param name="proxy">The proxy for all others.</param>
public sealed class LoopbackBypass(IWebProxy proxy) : IWebProxy
{
    /// <summary>For one handler.</summary>
    public static IWebProxy OfEnvironment => new LoopbackBypass(HttpClient.DefaultProxy);

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    /// <summary>For every client of the process that has no handler of ours, such as the telemetry exporter's.</summary>
    public static void Install() => HttpClient.DefaultProxy = OfEnvironment;

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host)
    {
        return host.IsLoopback || proxy.IsBypassed(host);
    }
}
