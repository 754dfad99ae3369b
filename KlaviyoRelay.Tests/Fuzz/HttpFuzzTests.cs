using System.Net;
using System.Text;
using KlaviyoRelay.Tests.LocalHost.Http;

namespace KlaviyoRelay.Tests.Fuzz;

[Collection(FuzzCollection.Name)]
public sealed class HttpFuzzTests
{
    private const int LargeBody = 64 * 1024;
    private const int LargeHeaders = 8 * 1024;

    [Fact]
    public async Task Local_host_withstands_whatever_is_posted_to_it()
    {
        var queue = new CountingQueue();
        await using var relay = await LoopbackRelay.StartAsync(queue, FuzzSettings.Differences);
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = relay.Http.BaseAddress };

        var inputs = await new FuzzRun("HTTP", memoryMargin: 16 * FuzzRun.MiB).RunAsync(random => PostAsync(http, random));

        // Webhooks that are signed and sound have to be among them, else little would have been tried.
        queue.Count.ShouldBeGreaterThanOrEqualTo(inputs / 50);
    }

    private static async ValueTask PostAsync(HttpClient http, Random random)
    {
        var (connection, body) = FuzzSamples.Next(random);
        var kind = FuzzCredentials.Kinds[random.Next(FuzzCredentials.Kinds.Count)];
        var isByKind = random.Next(3) == 0;
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(random, isByKind ? FuzzCredentials.ConnectionOf(kind) : connection))
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(20) == 0 ? "text/plain; charset=\"" : "application/json");
        request.Headers.TransferEncodingChunked = random.Next(8) == 0;
        foreach (var (name, value) in Headers(random, isByKind ? kind : null, connection, body))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"{kind}, {body.Length} bytes");
            ((int)answer.StatusCode).ShouldNotBe(408);
        }
        catch (HttpRequestException exception) when (exception.InnerException is IOException && MayBeRefusedUnread(request, body))
        {
            // Refused, and the connection closed, before all of it was sent.
            using var health = await http.GetAsync("api/health", TestContext.Current.CancellationToken);
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static bool MayBeRefusedUnread(HttpRequestMessage request, byte[] body) =>
        body.Length > LargeBody
        || $"{request.RequestUri}".Contains("%00", StringComparison.Ordinal)
        || request.Headers.NonValidated.Sum(header => header.Value.Sum(value => value.Length)) > LargeHeaders;

    private static string Path(Random random, string connection) => random.Next(30) switch
    {
        0 => "api/webhooks/nobody",
        1 => $"api/webhooks/{Uri.EscapeDataString(new string('\u00e9', random.Next(1, 500)))}",
        2 => $"api/webhooks/%00{connection}",
        3 => $"api/webhooks/{connection}?{new string('a', random.Next(3000))}",
        4 => $"api/webhooks/{connection}/%2e%2e",
        _ => $"api/webhooks/{connection}",
    };

    private static Dictionary<string, string> Headers(Random random, string? kind, string connection, byte[] body)
    {
        var headers = kind is not null ? FuzzCredentials.For(kind, body, TimeProvider.System.GetUtcNow()) : FuzzSamples.Credentials(connection, body);
        if (random.Next(3) == 0)
        {
            HeaderMutation.Apply(headers, random);
        }

        return headers.Where(header => !header.Value.Any(char.IsControl)).ToDictionary();
    }
}
