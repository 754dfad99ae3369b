using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using KlaviyoRelay.Core.Conversations.Receiving;

namespace KlaviyoRelay.Tests.LocalHost.Http;

/// <summary>What a sender meets on the wire, over real HTTP.</summary>
public sealed class HttpHardeningTests : IAsyncLifetime
{
    private LoopbackRelay? _relay;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LoopbackRelay Relay => _relay ?? throw new InvalidOperationException("The relay has not been started.");

    public async ValueTask InitializeAsync() => _relay = await LoopbackRelay.StartAsync(new InMemoryQueue(), [.. SyncSettings.Leads, .. TestSettings.Card("gladly"), .. TestSettings.Card("kustomer")]);

    public ValueTask DisposeAsync() => Relay.DisposeAsync();

    [Fact]
    public async Task Every_http_function_forbids_to_store_its_answer_and_to_guess_its_type_and_names_no_server()
    {
        Relay.Catalog.Http.ShouldNotBeEmpty();
        foreach (var function in Relay.Catalog.Http)
        {
            var path = "api/" + function.Route.Replace("cards/{connection}", "cards/kustomer", StringComparison.Ordinal).Replace("{file}", "card.js", StringComparison.Ordinal).Replace("{connection}", "gladly", StringComparison.Ordinal).Replace("{name}", "gladly", StringComparison.Ordinal).Replace("{sync}", "leads", StringComparison.Ordinal).Replace("{account}", "main", StringComparison.Ordinal).Replace("{id}", "01H", StringComparison.Ordinal).Replace("{customer}", "c1", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(function.Methods[0]), path);

            using var answer = await Relay.Http.SendAsync(request, Token);

            ((int)answer.StatusCode).ShouldNotBe(404, function.Name);
            answer.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoStore = true }, function.Name);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], function.Name);
            answer.Headers.Contains("Server").ShouldBeFalse(function.Name);
            answer.Headers.Contains("X-Powered-By").ShouldBeFalse(function.Name);
        }
    }

    [Fact]
    public async Task Webhook_is_accepted() => (await PostAsync("gladly", new GladlyWebhookBuilder().Bytes())).ShouldBe(HttpStatusCode.Accepted);

    [Fact]
    public async Task Webhook_is_too_large_when_it_is_announced_so() =>
        (await PostAsync("gladly", new byte[WebhookLimits.MaxBodyBytes + 1])).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Webhook_is_too_large_when_it_comes_in_chunks()
    {
        using var content = new StreamContent(new UnseekableStream(new byte[WebhookLimits.MaxBodyBytes + 1], piece: 100_000));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/gladly") { Content = content };
        request.Headers.ExpectContinue = true;

        using var answer = await Relay.Http.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("X-Large", 20_000, 1)]
    [InlineData("X-Many", 1, 100)]
    public async Task Request_is_refused_when_its_headers_are_too_large_or_too_many(string name, int length, int count)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(index => $"{name}-{index}: {new string('a', length)}\r\n"));

        (await SendRawAsync($"POST /api/webhooks/gladly HTTP/1.1\r\nHost: relay\r\n{headers}\r\n")).ShouldStartWith("HTTP/1.1 431 ");
    }

    [Fact]
    public async Task Request_is_refused_when_its_address_is_too_long() =>
        (await SendRawAsync($"POST /api/webhooks/{new string('a', 5000)} HTTP/1.1\r\nHost: relay\r\n\r\n")).ShouldStartWith("HTTP/1.1 414 ");

    [Fact]
    public async Task Webhook_is_incomplete_when_its_chunks_are_none() =>
        (await SendRawAsync("POST /api/webhooks/gladly HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n"))
            .ShouldStartWith("HTTP/1.1 408 ");

    [Fact]
    public async Task Webhook_is_unauthorized_when_its_credentials_come_twice() =>
        (await SendRawAsync($"POST /api/webhooks/gladly HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\nContent-Length: 2\r\n{Twice("Authorization: " + WebhookRequestBuilder.Basic("relay:gladly-password"))}\r\n{{}}"))
            .ShouldStartWith("HTTP/1.1 401 ");

    [Fact]
    public async Task Answer_for_an_unknown_connection_is_the_one_for_a_route_that_is_missing()
    {
        const string Request = "HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        var unknown = await SendRawAsync($"POST /api/webhooks/nobody {Request}");
        var missing = await SendRawAsync($"POST /api/nothing/here {Request}");

        missing.ShouldStartWith("HTTP/1.1 404 ");
        WithoutDate(unknown).ShouldBe(WithoutDate(missing));
    }

    [Theory]
    [InlineData("GET", "gladly")]
    [InlineData("HEAD", "gladly")]
    [InlineData("GET", "nobody")]
    [InlineData("HEAD", "nobody")]
    public async Task Look_at_a_webhook_address_is_answered_200_for_every_name(string method, string connection) =>
        (await SendRawAsync($"{method} /api/webhooks/{connection} HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 200 ");

    [Theory]
    [InlineData("gladly", false, 413)]
    [InlineData("gladly", true, 413)]
    [InlineData("kustomer", false, 413)]
    [InlineData("kustomer", true, 413)]
    [InlineData("nobody", false, 404)]
    [InlineData("nobody", true, 404)]
    public async Task Sender_of_a_body_of_eight_megabytes_reads_the_answer(string connection, bool isChunked, int expected)
    {
        using HttpContent content = isChunked ? new StreamContent(new UnseekableStream(new byte[8 * 1024 * 1024], piece: 100_000)) : new ByteArrayContent(new byte[8 * 1024 * 1024]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{connection}") { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.TryAddWithoutValidation("Authorization", WebhookRequestBuilder.Basic("relay:gladly-password"));
        request.Headers.TryAddWithoutValidation(WebhookRequestBuilder.Signature, new string('0', 64));

        using var answer = await Relay.Http.SendAsync(request, Token);

        ((int)answer.StatusCode).ShouldBe(expected);
        (await answer.Content.ReadAsStringAsync(Token)).Contains("A webhook may have 1048576 bytes.", StringComparison.Ordinal).ShouldBe(expected == 413);
    }

    private static string Twice(string header) => $"{header}\r\n{header}\r\n";

    private static IEnumerable<string> WithoutDate(string answer) => answer.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal));

    private async Task<HttpStatusCode> PostAsync(string connection, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{connection}") { Content = content };
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation("Authorization", WebhookRequestBuilder.Basic("relay:gladly-password"));
        using var answer = await Relay.Http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    /// <summary>Sends text as it is and reads what is answered first.</summary>
    private async Task<string> SendRawAsync(string request)
    {
        var address = Relay.Http.BaseAddress ?? throw new InvalidOperationException("The relay has no address.");
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        do
        {
            var length = await stream.ReadAsync(buffer, Token).InTimeAsync();
            if (length == 0)
            {
                break;
            }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }
        while (!IsComplete(answer.ToString()));

        return answer.ToString();
    }

    private static bool IsComplete(string answer) =>
        answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end
        && (!answer.Contains("chunked", StringComparison.Ordinal) ? answer.Contains("Content-Length: 0", StringComparison.Ordinal) || answer.Length > end + 4 : answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
}
