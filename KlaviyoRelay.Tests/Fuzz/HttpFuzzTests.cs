using System.Net;
using System.Text;
using CsCheck;
using KlaviyoRelay.Tests.LocalHost.Http;

namespace KlaviyoRelay.Tests.Fuzz;

[Collection<OneAtATime>]
public sealed class HttpFuzzTests
{
    private const int LargeBody = 64 * 1024;
    private const int LargeHeaders = 8 * 1024;

    private static readonly Gen<Post> Posts = Gen.Select(
        FuzzSamples.Webhooks,
        Gen.Frequency((2, Gen.Const("")), (1, Gen.OneOf([.. FuzzCredentials.Kinds]))),
        Gen.Frequency((25, Gen.Const("/{0}")), (1, Gen.OneOf("/nobody", "/%00{0}", "/{0}/%2e%2e")), (1, Gen.Int[1, 500].Select(length => $"/{Uri.EscapeDataString(new string('\u00e9', length))}")), (1, Gen.Int[0, 3_000].Select(length => $"/{{0}}?{new string('a', length)}"))),
        Gen.Frequency((19, Gen.Const("application/json")), (1, Gen.Const("text/plain; charset=\""))),
        Gen.Frequency((7, Gen.Const(false)), (1, Gen.Const(true))),
        Gen.Frequency((2, Gen.Const(Array.Empty<HeaderEdit>())), (1, HeaderEdit.Any)),
        (webhook, kind, path, type, isChunked, headers) => new Post(webhook, kind, path, type, isChunked, headers));

    [Fact]
    public async Task Local_host_withstands_whatever_is_posted_to_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (inputs, queue) = (0, new InMemoryQueue());
        await using var relay = await LoopbackRelay.StartAsync(queue, FuzzSettings.Differences);
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = relay.Http.BaseAddress };

        await FuzzRun.RunAsync(Posts, 5_000, async post =>
        {
            Interlocked.Increment(ref inputs);
            await PostAsync(http, post, cancellation);
        });

        // Webhooks that are signed and sound have to be among them, else little would have been tried.
        queue.Count.ShouldBeGreaterThanOrEqualTo(inputs / 50);
    }

    private static async ValueTask PostAsync(HttpClient http, Post post, CancellationToken cancellation)
    {
        var (connection, body) = post.Webhook;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks{post.Path.Replace("{0}", post.Kind.Length > 0 ? FuzzCredentials.ConnectionOf(post.Kind) : connection, StringComparison.Ordinal)}")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", post.ContentType);
        request.Headers.TransferEncodingChunked = post.IsChunked;
        var headers = post.Kind.Length > 0 ? FuzzCredentials.For(post.Kind, body, TimeProvider.System.GetUtcNow()) : FuzzSamples.Credentials(connection, body);
        HeaderEdit.Apply(headers, post.Headers);
        foreach (var (name, value) in headers.Where(header => !header.Value.Any(char.IsControl)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            ((int)answer.StatusCode).ShouldBeLessThan(500);
            ((int)answer.StatusCode).ShouldNotBe(408);
        }
        catch (HttpRequestException exception) when (exception.InnerException is IOException && MayBeRefusedUnread(request, body))
        {
            // Refused, and the connection closed, before all of it was sent.
            using var health = await http.GetAsync("api/health", cancellation);
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static bool MayBeRefusedUnread(HttpRequestMessage request, byte[] body) =>
        body.Length > LargeBody
        || $"{request.RequestUri}".Contains("%00", StringComparison.Ordinal)
        || request.Headers.NonValidated.Sum(header => header.Value.Sum(value => value.Length)) > LargeHeaders;

    /// <summary>A webhook as it is posted: by a kind of authentication, or where that is empty by its connection's own.</summary>
    private sealed record Post(FuzzedWebhook Webhook, string Kind, string Path, string ContentType, bool IsChunked, HeaderEdit[] Headers)
    {
        public override string ToString() => $"{Kind} {Path} {ContentType}{(IsChunked ? " chunked" : "")} {string.Join(", ", Headers.AsEnumerable())} {Webhook}";
    }
}
