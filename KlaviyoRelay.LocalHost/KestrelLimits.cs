using KlaviyoRelay.Core.Webhooks;
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
        limits.RequestHeadersTimeout = WebhookLimits.BodyTime;
        // The receiver refuses at half of it, with a better answer; this also counts what frames the chunks.
        limits.MaxRequestBodySize = 2 * WebhookLimits.MaxBodyBytes;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
