using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Http;

/// <summary>Far ends may pack their answers.</summary>
public sealed class PackedAnswerTests
{
    private const string Text = """{"data":[]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_is_asked_for_with_gzip_and_unpacked()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var request = AnswerAsync(listener);
        using var client = new HttpClient(RelayHttpClient.CreateHandler());

        var answer = await client.GetStringAsync(new Uri($"http://{listener.LocalEndpoint}/"), Cancellation);

        answer.ShouldBe(Text);
        (await request).ShouldContain("Accept-Encoding: gzip\r\n");
    }

    /// <returns>The head of the request.</returns>
    private static async Task<string> AnswerAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(Cancellation) is { Length: > 0 } line)
        {
            head.Append(line).Append("\r\n");
        }

        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Text));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), Cancellation);
        await stream.WriteAsync(packed.ToArray(), Cancellation);
        return head.ToString();
    }
}
