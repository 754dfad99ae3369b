using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>Takes OTLP over HTTP on loopback, as a collector would (opentelemetry.io/docs/specs/otlp), and keeps it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly string[] Paths = ["/v1/traces", "/v1/metrics", "/v1/logs"];

    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public string Address => _app.Urls.Single();

    public IReadOnlyList<OtlpSpan> Spans =>
    [
        .. from resource in Resources("/v1/traces")
           from scope in resource.Messages(2)
           from span in scope.Messages(2)
           select new OtlpSpan(span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4)) { Links = [.. span.Messages(13).Select(link => link.Hex(2))] },
    ];

    /// <summary>The metrics, and the names of the tags that each came with.</summary>
    public ILookup<string, string> Metrics =>
    (
        from resource in Resources("/v1/metrics")
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from tag in TagsOf(metric).Distinct().DefaultIfEmpty("")
        select (Name: metric.Text(1), Tag: tag)
    ).Distinct().ToLookup(metric => metric.Name, metric => metric.Tag);

    /// <summary>The texts of the log lines.</summary>
    public IReadOnlyList<string> Logs =>
    [
        .. from resource in Resources("/v1/logs")
           from scope in resource.Messages(2)
           from line in scope.Messages(2)
           from body in line.Messages(5)
           select body.Text(1),
    ];

    /// <summary>The values of <c>service.name</c>, each once.</summary>
    public IReadOnlyList<string> ServiceNames =>
    [
        .. (from path in Paths
            from resource in Resources(path)
            from attribute in resource.Messages(1).SelectMany(attributes => attributes.Messages(1))
            where attribute.Text(1) == "service.name"
            select attribute.Messages(2).Single().Text(1)).Distinct(),
    ];

    /// <summary>Everything that came, as text: to look for what must not be in it.</summary>
    public string Everything => string.Join('\n', _received.Select(request => System.Text.Encoding.UTF8.GetString(request.Body)));

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Sums are field 7, with tags in field 7 of each point; histograms are field 9, with tags in field 9.
    private static IEnumerable<string> TagsOf(ProtobufMessage metric) =>
        from kind in (int[])[7, 9]
        from data in metric.Messages(kind)
        from point in data.Messages(1)
        from tag in point.Messages(kind)
        select tag.Text(1);

    private IEnumerable<ProtobufMessage> Resources(string path) =>
        _received.Where(request => request.Path == path).SelectMany(request => new ProtobufMessage(request.Body).Messages(1));

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
