using System.IO.Compression;
using System.Net;
using KlaviyoRelay.Core.Conversations.Recovery;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Tests.Conversations.Recovery;

/// <summary>A window that was not recovered is asked for again: its mark stays where it was.</summary>
public sealed class RecoveryFailureTests
{
    private static readonly DateTimeOffset Now = RecoveryFixture.Now;
    private const string Refusal = """{"errors":[{"code":"no","detail":"No."}]}""";

    private static readonly DateTimeOffset Mark = Now.AddMinutes(-15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "application/json", "Gladly answered 400 to a request for its events: no No.")]
    [InlineData(HttpStatusCode.NotFound, "application/json", "Gladly answered 404 to a request for its events: no No.")]
    [InlineData(HttpStatusCode.MovedPermanently, "application/json", "Gladly answered 301 to a request for its events: no No.")]
    [InlineData(HttpStatusCode.Unauthorized, "application/json", "Gladly refused the relay's API credentials (401).")]
    [InlineData(HttpStatusCode.Forbidden, "application/json", "Gladly's API credentials may not read events (403).")]
    [InlineData(HttpStatusCode.TooManyRequests, "application/json", "Gladly answered 429.")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "application/json", "Gladly answered 503.")]
    [InlineData(HttpStatusCode.OK, "text/html", "Gladly answered with a page instead of its events.")]
    public async Task Mark_stays_and_the_reason_is_logged_when_gladly_refuses(HttpStatusCode status, string contentType, string reason)
    {
        using var relay = Relay(_ => RecoveryFixture.Text(Refusal, contentType, status));

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, reason);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "<html>Sign in</html>", "401 came in the place of Gladly's answer: Sign in")]
    [InlineData(HttpStatusCode.Forbidden, "", "403 came in the place of Gladly's answer.")]
    [InlineData(HttpStatusCode.NotFound, """{"message":"no Route matched"}""", "404 came in the place of Gladly's answer: no Route matched")]
    [InlineData(HttpStatusCode.Found, "", "302 came in the place of Gladly's answer.")]
    [InlineData(HttpStatusCode.NoContent, "", "204 came in the place of Gladly's answer.")]
    [InlineData(HttpStatusCode.OK, "Please sign in.", "Gladly's address answered with something else than its events.")]
    [InlineData(HttpStatusCode.OK, """{"message":"sign in"}""", "Gladly's address answered with something else than its events.")]
    public async Task Mark_stays_when_something_else_answers(HttpStatusCode status, string body, string reason)
    {
        using var relay = Relay(_ => RecoveryFixture.Text(body, "text/plain", status));

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, reason);
    }

    [Fact]
    public async Task Mark_stays_when_gladly_does_not_answer()
    {
        using var relay = Relay(_ => throw new HttpRequestException("relay@acme.test"));

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, "Gladly did not answer: the connection failed.");
    }

    [Fact]
    public async Task Mark_stays_and_nothing_is_queued_when_the_answer_breaks_off()
    {
        using var relay = Relay(_ => Streamed(() => throw new IOException("relay@acme.test")));

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, "Gladly's answer broke off (IOException).");
    }

    [Theory]
    [InlineData("gzip", "InvalidDataException")]
    [InlineData("deflate", "InvalidDataException")]
    [InlineData("br", "InvalidOperationException")]
    public async Task Mark_stays_and_it_is_logged_when_the_answers_compression_is_broken(string encoding, string exception)
    {
        using var relay = Relay(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(Decompressed(encoding, "{} is not compressed at all"u8.ToArray())) });

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, $"Gladly's answer can't be decompressed ({exception}).");
    }

    [Fact]
    public async Task Mark_stays_when_a_compressed_answer_is_cut_off()
    {
        // The decompressor takes the cut for the end.
        var whole = Compressed(string.Concat(Enumerable.Range(0, 2000).Select(number => RecoveryFixture.Event($"{number * 7919}") + "\n")));
        using var relay = Relay(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(Decompressed("gzip", whole[..(whole.Length / 2)])) });

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, "Gladly's answer broke off in the middle of a line.");
    }

    [Fact]
    public async Task Mark_stays_when_the_answer_has_no_end()
    {
        using var relay = Relay(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream("x")) });

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, "Gladly's answer is longer than 64 MiB.");
    }

    [Fact]
    public async Task Mark_stays_when_the_answer_does_not_end_in_time()
    {
        using var relay = Relay(_ => throw new InvalidOperationException());
        relay.Gladly = _ => Streamed(relay.Clock.EndLimits);

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, "it was not done after 00:05:00.");
    }

    [Fact]
    public async Task Mark_stays_when_the_queue_does_not_take_the_events()
    {
        using var relay = Relay(_ => RecoveryFixture.Lines(RecoveryFixture.Event("one")));
        relay.QueueFailure = new QueueUnavailableException("The queue is full.");

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, "The queue is full.");
    }

    [Fact]
    public async Task Gladly_is_not_asked_when_the_mark_can_not_be_read()
    {
        using var relay = Relay(_ => throw new InvalidOperationException("Nobody should ask."));
        relay.MarkFailure = new RecoveryMarkUnavailableException("Set something.");

        await relay.RecoverAsync(Cancellation);

        ShouldHaveFailed(relay, "Set something.");
    }

    [Fact]
    public async Task Missing_store_says_what_to_set()
    {
        var store = new MissingRecoveryMarkStore("Set something.");

        (await Should.ThrowAsync<RecoveryMarkUnavailableException>(() => store.ReadAsync("gladly", Cancellation))).Message.ShouldBe("Set something.");
        (await Should.ThrowAsync<RecoveryMarkUnavailableException>(() => store.WriteAsync("gladly", Now, Cancellation))).Message.ShouldBe("Set something.");
    }

    [Fact]
    public async Task Mark_keeps_the_slices_that_were_recovered_before_the_one_that_failed()
    {
        var answers = 0;
        using var relay = Relay(_ => ++answers < 3 ? RecoveryFixture.Lines(RecoveryFixture.Event($"{answers}")) : RecoveryFixture.Text(Refusal, status: HttpStatusCode.BadRequest));
        relay.Marks["gladly"] = Now.AddHours(-10);

        await relay.RecoverAsync(Cancellation);

        relay.Asked.Count.ShouldBe(3);
        relay.Queued.Count.ShouldBe(2);
        relay.Marks["gladly"].ShouldBe(Now.AddHours(-8).AddMinutes(-5));
    }

    [Fact]
    public async Task Other_connections_are_recovered_when_one_fails()
    {
        using var relay = new RecoveryFixture("gladly_one", "gladly_two")
        {
            Gladly = address => address.Host.StartsWith("gladly_one") ? RecoveryFixture.Text(Refusal, status: HttpStatusCode.BadRequest) : RecoveryFixture.Lines(RecoveryFixture.Event("one")),
        };

        await relay.RecoverAsync(Cancellation);

        relay.Queued.ShouldHaveSingleItem();
        relay.Marks.Keys.ShouldBe(["gladly_two"]);
    }

    [Fact]
    public async Task Run_is_cancelled_when_the_host_stops()
    {
        using var stopping = new CancellationTokenSource();
        using var relay = Relay(_ => Streamed(stopping.Cancel));

        await Should.ThrowAsync<OperationCanceledException>(relay.RecoverAsync(stopping.Token));

        relay.Marks["gladly"].ShouldBe(Mark);
    }

    private static RecoveryFixture Relay(Func<Uri, HttpResponseMessage> gladly) =>
        new("gladly") { Gladly = gladly, Marks = { ["gladly"] = Mark } };

    private static void ShouldHaveFailed(RecoveryFixture relay, string reason)
    {
        relay.Marks["gladly"].ShouldBe(Mark);
        relay.Queued.ShouldBeEmpty();
        relay.Logged.Where(line => line.StartsWith("Error")).ShouldBe([$"Error: Could not recover connection gladly; the next run tries again: {reason}"]);
    }

    private static HttpResponseMessage Streamed(Action whenItStalls) => new(HttpStatusCode.OK) { Content = new StreamContent(new StallingStream(whenItStalls)) };

    // As HttpClient decompresses.
    private static Stream Decompressed(string encoding, byte[] bytes) => encoding switch
    {
        "gzip" => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
        "deflate" => new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress),
        _ => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
    };

    private static byte[] Compressed(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    /// <summary>One event, and then what the test says instead of an end.</summary>
    private sealed class StallingStream(Action whenItStalls) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(RecoveryFixture.Event("one") + "\n"))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
            {
                return await base.ReadAsync(buffer, cancellationToken);
            }

            whenItStalls();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
