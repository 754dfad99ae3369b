using System.Net;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.LocalHost.Functions;
using KlaviyoRelay.Tests.Dashboard.Watch;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>What the page copies as a curl: it sends an event again.</summary>
public sealed class ActReplayTests : DashboardTest
{
    private const string Path = "/dashboard/replay";

    [Fact]
    public async Task Event_that_is_remembered_is_queued_again_with_the_same_id()
    {
        await Dashboard.Recent.SendAsync(QueueNames.ConversationEvents, [MessageWriter.ToQueueMessage(BoardFixture.Event("3f2c01") with { AcceptedAt = TestClock.Start })], Cancellation);

        var (status, said) = await SendAsync("""{"id":"3f2c01"}""");

        (status, said).ShouldBe((HttpStatusCode.OK, """{"sentence":"Sent again: 3f2c01. Klaviyo records an event once: what it has already, it does not record again."}"""));
        // The account has a queue of its own.
        var queued = Dashboard.Queues.Storage.Of(SessionQueues.NameOf(QueueNames.ConversationEvents, "main")).Select(message => QueueEnvelope.Decode(message.Text)).ToList();
        queued.Select(message => message.MessageId).ShouldBe(["3f2c01", "3f2c01"]);
        queued[1].Body.ShouldNotContain("acceptedAt");
    }

    [Fact]
    public async Task Event_that_waits_is_sent_by_its_letters()
    {
        await Dashboard.Queues.RejectAsync("3f2c01");
        await Dashboard.Queues.ThrottleAsync("3f2c01");
        await Dashboard.Queues.RejectAsync("b55002");

        var (_, said) = await SendAsync("""{"id":"3f2c01"}""");

        said.ShouldContain("Sent again: 2 letters.");
        Dashboard.Queues.Events.ShouldHaveSingleItem().Body.ShouldContain("3f2c01");
        Dashboard.Queues.Released.ShouldBe(["3f2c01"]);
        Dashboard.Queues.Receivable(QueueNames.DeadLetterRejected).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"id":"3f2c"}""", 404, "is not remembered")]
    [InlineData("""{"id":""}""", 400, "should name the event")]
    [InlineData("{}", 400, "should name the event")]
    public async Task Event_is_named_by_its_whole_id(string body, int expected, string what)
    {
        await Dashboard.Recent.SendAsync(QueueNames.ConversationEvents, [MessageWriter.ToQueueMessage(BoardFixture.Event("3f2c01"))], Cancellation);

        var (status, said) = await SendAsync(body);

        ((int)status).ShouldBe(expected);
        said.ShouldContain(what);
    }

    [Fact]
    public async Task Nothing_is_sent_without_the_pages_token()
    {
        using var content = new StringContent("""{"id":"3f2c01"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await Dashboard.SendAsync(HttpMethod.Post, Path, headers => headers.Add(LocalGuard.TokenHeader, "wrong"), content);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<(HttpStatusCode Status, string Said)> SendAsync(string body)
    {
        var answer = await Dashboard.PostAsync(Path, body);
        return (answer.StatusCode, await TextOfAsync(answer));
    }
}
