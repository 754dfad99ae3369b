using KlaviyoRelay.Core.Conversations.Receiving;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KlaviyoRelay.LocalHost;

/// <summary>What the local host reads of a request before a function sees it. On Azure the platform sets such limits.</summary>
internal static class KestrelLimits
{
    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = 2 * WebhookLimits.SmallBodyTime;
        // The functions refuse what is too large with words. With a limit here, Kestrel would close the connection in the
        // middle of the body, and the sender would not read them.
        limits.MaxRequestBodySize = null;
        // Half of what a webhook needs: it ends what no function reads, such as the rest of a body that was refused.
        limits.MinRequestBodyDataRate = new MinDataRate(WebhookLimits.MinBytesPerSecond / 2, gracePeriod: WebhookLimits.SmallBodyTime);
    }
}
