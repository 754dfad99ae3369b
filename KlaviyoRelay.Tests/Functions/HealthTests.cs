using KlaviyoRelay.Core.Checks;
using KlaviyoRelay.Core.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.Functions;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_is_200_when_the_queue_answers()
    {
        var answer = await AnswerAsync(new RecordingQueue());

        answer.Status.ShouldBe(200);
        answer.ContentType.ShouldBe("application/json; charset=utf-8");
        answer.Members.ShouldBe(["status", "version", "queue", "record", "configuration"], ignoreOrder: true);
        answer.Text("status").ShouldBe("healthy");
        answer.Text("queue").ShouldBe("reachable");
        answer.Text("configuration").ShouldBe("valid");
        answer.Text("version").ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Health_is_503_when_the_queue_does_not_answer()
    {
        var answer = await AnswerAsync(new RecordingQueue(new QueueUnavailableException("relay.servicebus.windows.net is down.")));

        answer.Status.ShouldBe(503);
        answer.Members.ShouldBe(["status", "version", "queue", "record", "configuration"], ignoreOrder: true);
        answer.Text("status").ShouldBe("unhealthy");
        answer.Text("queue").ShouldBe("unreachable");
        answer.Text("configuration").ShouldBe("valid");
        answer.Json.GetRawText().ShouldNotContain("servicebus");
    }

    [Fact]
    public async Task Health_is_cancelled_when_the_caller_leaves()
    {
        var health = new KlaviyoRelay.Functions.Health(new RelayHealth(new RecordingQueue(), new InMemoryConversationStore(), TimeProvider.System, NullLogger<RelayHealth>.Instance));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => health.RunAsync(new DefaultHttpContext().Request, new CancellationToken(canceled: true)));
    }

    private static async Task<WrittenAnswer> AnswerAsync(RecordingQueue queue)
    {
        var health = new KlaviyoRelay.Functions.Health(new RelayHealth(queue, new InMemoryConversationStore(), TimeProvider.System, NullLogger<RelayHealth>.Instance));
        var answer = await WrittenAnswer.Of(await health.RunAsync(new DefaultHttpContext().Request, TestContext.Current.CancellationToken));
        answer.Headers.CacheControl.ShouldBe(["no-store"]);
        answer.Headers.XContentTypeOptions.ShouldBe(["nosniff"]);
        return answer;
    }
}
