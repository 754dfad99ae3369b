using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Telemetry;

/// <summary>Application Insights' ingestion endpoint: takes every item, and keeps it.</summary>
internal sealed class LoopbackInsights : IAsyncDisposable
{
    private LoopbackServer? _server;

    public LoopbackServer Server => _server ?? throw new InvalidOperationException("The endpoint was not started.");

    public string ConnectionString => $"InstrumentationKey=0f1e2d3c-0000-4000-8000-000000000009;IngestionEndpoint=https://{Server.HostName}/";

    /// <summary>Everything that came, as it was before it was compressed.</summary>
    public IReadOnlyList<string> Lines => [.. Server.Requests.SelectMany(request => TextOf(request).Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    public IReadOnlyList<IngestedItem> Items => [.. Lines.Select(line => new IngestedItem(JsonDocument.Parse(line).RootElement))];

    public IReadOnlyList<IngestedItem> Of(string type) => [.. Items.Where(item => item.Type == type)];

    public static async Task<LoopbackInsights> StartAsync() => new() { _server = await LoopbackServer.StartAsync("relay.in.applicationinsights.azure.com", Answer) };

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static RequestDelegate Answer(ReceivedRequest request) => context =>
    {
        var items = TextOf(request).Count(character => character == '\n') + 1;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync($$"""{"itemsReceived":{{items}},"itemsAccepted":{{items}},"errors":[]}""");
    };

    private static string TextOf(ReceivedRequest request)
    {
        if (!request.Headers.TryGetValue("Content-Encoding", out var encoding) || encoding != "gzip")
        {
            return Encoding.UTF8.GetString(request.Body);
        }

        using var text = new StreamReader(new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}
