using System.Net;

namespace KlaviyoRelay.Core.Http;

/// <summary>The machine's proxy (<c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>), but not for addresses of this machine: a simulator on loopback is nothing that a proxy can reach.</summary>
/// <param name="proxy">The proxy for everything else.</param>
internal sealed class LoopbackBypass(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
}
