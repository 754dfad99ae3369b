using System.Text;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions;

public sealed class ReceiveWebhookTests
{
    private const string Created =
        """{"id":"event-1","type":"CONVERSATION/CREATED","timestamp":"2026-08-20T10:00:00Z","content":{"conversationId":"c-1","customerId":"p-1"}}""";

    private readonly RecordingQueue _queue = new();

    [Fact]
    public async Task Webhook_is_queued_and_answered_with_its_id()
    {
        var answer = await ReceiveAsync(_queue, Request(Created));

        answer.Status.ShouldBe(202);
        var (queue, message) = _queue.Sent.ShouldHaveSingleItem();
        queue.ShouldBe(QueueNames.ConversationEvents);
        message.SessionId.ShouldBe("main");
        answer.Json.GetProperty("ids").EnumerateArray().Single().GetString().ShouldBe(message.MessageId);
    }

    [Fact]
    public async Task Answer_tells_its_length_when_the_webhook_is_queued()
    {
        var answer = await ReceiveAsync(_queue, Request(Created));

        answer.ContentType.ShouldBe("application/json; charset=utf-8");
        answer.Headers.ContentLength.ShouldBe(Encoding.UTF8.GetByteCount(answer.Json.GetRawText()));
    }

    [Fact]
    public async Task Webhook_is_refused_with_a_challenge_when_it_has_no_credentials()
    {
        var request = Request(Created);
        request.Headers.Remove("Authorization");

        var answer = await ReceiveAsync(_queue, request);

        answer.Status.ShouldBe(401);
        answer.Headers.WWWAuthenticate.ToString().ShouldStartWith("Basic ");
        _queue.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Webhook_is_refused_when_its_credentials_came_twice()
    {
        var request = Request(Created);
        request.Headers.Append("Authorization", request.Headers.Authorization.ToString());

        (await ReceiveAsync(_queue, request)).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("zendesk")]
    [InlineData("GLADLY")]
    [InlineData("")]
    public async Task Look_at_the_address_is_answered_alike_whatever_the_name(string connection)
    {
        foreach (var method in (string[])["GET", "HEAD"])
        {
            var known = await ReceiveAsync(_queue, Look(method));
            var other = await ReceiveAsync(_queue, Look(method), connection);

            (known.Status, other.Status).ShouldBe((200, 200));
            other.Json.GetRawText().ShouldBe(known.Json.GetRawText());
            other.Headers.ToDictionary().ShouldBe(known.Headers.ToDictionary());
        }

        _queue.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Webhook_is_refused_when_it_is_not_announced_as_json()
    {
        var request = Request(Created);
        request.ContentType = "text/plain";

        (await ReceiveAsync(_queue, request)).Status.ShouldBe(415);
    }

    [Fact]
    public async Task Webhook_is_refused_when_it_is_announced_as_too_large()
    {
        var request = Request(Created);
        request.ContentLength = (1024 * 1024) + 1;

        (await ReceiveAsync(_queue, request)).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Webhook_is_taken_when_its_length_is_not_announced()
    {
        var request = Request(Created);
        request.ContentLength = null;

        (await ReceiveAsync(_queue, request)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Webhook_is_to_be_sent_again_when_the_queue_is_unavailable()
    {
        var answer = await ReceiveAsync(new RecordingQueue(new QueueUnavailableException("It is down.")), Request(Created));

        answer.Status.ShouldBe(503);
        answer.Headers.RetryAfter.ShouldBe(["30"]);
    }

    private static HttpRequest Look(string method)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        return request;
    }

    private static HttpRequest Request(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new DefaultHttpContext().Request;
        request.Method = HttpMethods.Post;
        request.ContentType = "application/json";
        request.ContentLength = bytes.Length;
        request.Headers.Authorization = $"Basic {Convert.ToBase64String("relay:password"u8)}";
        request.Body = new MemoryStream(bytes);
        return request;
    }

    private static async Task<WrittenAnswer> ReceiveAsync(RecordingQueue queue, HttpRequest request, string connection = "gladly")
    {
        await using var services = RelayServices.Create(queue);
        var function = ActivatorUtilities.CreateInstance<ReceiveWebhook>(services);
        return await WrittenAnswer.Of(await function.RunAsync(request, connection, TestContext.Current.CancellationToken));
    }
}
