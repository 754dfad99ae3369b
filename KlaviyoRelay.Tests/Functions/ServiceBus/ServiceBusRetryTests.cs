using System.Diagnostics;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusRetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Send_succeeds_when_a_passing_refusal_is_followed_by_201(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Status(status), LoopbackAnswer.Status(status));

        await SendAsync(serviceBus);

        serviceBus.Requests.Count.ShouldBe(3);
        serviceBus.Requests.Select(request => SentMessage.Read(request).Single().MessageId).ShouldBe(["an-id", "an-id", "an-id"]);
    }

    [Fact]
    public async Task Send_is_accepted_once_when_the_first_answer_is_201()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await SendAsync(serviceBus);

        serviceBus.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Send_is_not_repeated_when_the_refusal_is_final(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Status(status));

        await Should.ThrowAsync<QueueUnavailableException>(SendAsync(serviceBus));

        serviceBus.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Send_gives_up_after_two_retries(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers([.. Enumerable.Repeat(LoopbackAnswer.Status(status), 5)]);

        await Should.ThrowAsync<QueueUnavailableException>(SendAsync(serviceBus));

        serviceBus.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Send_waits_for_as_long_as_service_bus_asks(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Status(status, retryAfter: "1"));
        var watch = Stopwatch.StartNew();

        await SendAsync(serviceBus);

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(950));
        serviceBus.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Send_gives_up_at_once_when_service_bus_asks_for_a_longer_wait_than_a_helpdesk_allows(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Status(status, retryAfter: "3600"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));

        await Should.ThrowAsync<QueueUnavailableException>(
            serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, [new QueueMessage("an-id", "main", "{}")], patience.Token));

        serviceBus.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_succeeds_when_the_first_connection_drops()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Drop);

        await SendAsync(serviceBus);

        serviceBus.Requests.Count.ShouldBe(2);
    }

    private static Task SendAsync(LoopbackServiceBus serviceBus) =>
        serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, [new QueueMessage("an-id", "main", "{}")], Cancellation);
}
