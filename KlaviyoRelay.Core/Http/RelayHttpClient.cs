using System.Net;
using KlaviyoRelay.Core.Telemetry;

namespace KlaviyoRelay.Core.Http;

/// <summary>How the relay's HTTP client is set up.</summary>
public static class RelayHttpClient
{
    // An answer is a customer or a page of 100 emails; more than this is not one.
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    public static void Configure(HttpClient client)
    {
        // The resilience pipeline alone decides how long an attempt may take.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
        client.DefaultRequestHeaders.Add("User-Agent", $"{RelayTelemetry.Name}/{RelayTelemetry.Version}");
    }

    public static SocketsHttpHandler CreateHandler() => new()
    {
        // Gladly answers a merged customer with a redirect that names the new id in its body only.
        AllowAutoRedirect = false,
        // Every far end has it. Each more that is offered costs every request.
        AutomaticDecompression = DecompressionMethods.GZip,
        // So that a changed DNS entry is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        Proxy = LoopbackBypass.OfEnvironment,
        ConnectCallback = StaggeredConnect.ConnectAsync,
        // The relay's own activities tell of its requests. The runtime's would hold addresses, which can hold an
        // email, and would send the ids of its traces to the far end.
        ActivityHeadersPropagator = null,
    };
}
