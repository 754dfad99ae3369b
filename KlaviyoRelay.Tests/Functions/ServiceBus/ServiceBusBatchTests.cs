using System.Globalization;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusBatchTests
{
    // Service Bus Standard takes this much in one request.
    private const int MaxRequestBytes = 256 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "a", 10)]
    [InlineData(250, "a", 500)]
    [InlineData(1000, "a", 0)]
    [InlineData(60, "a", 20_000)]
    [InlineData(3, "a", 200_000)]
    [InlineData(20, "\"", 50_000)]
    [InlineData(20, "\u0001", 10_000)]
    [InlineData(20, "😀", 10_000)]
    [InlineData(20, "é", 40_000)]
    public async Task Messages_are_sent_in_order_and_in_requests_that_fit(int count, string character, int repeats)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        var messages = Messages(count, string.Concat(Enumerable.Repeat(character, repeats)));

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, messages, Cancellation);

        serviceBus.Requests.Max(request => request.Body.Length).ShouldBeLessThan(MaxRequestBytes);
        var sent = serviceBus.Requests.SelectMany(SentMessage.Read).ToList();
        sent.Select(message => message.MessageId).ShouldBe(messages.Select(message => message.MessageId));
        sent.Select(message => message.Body).ShouldBe(messages.Select(message => message.Body));
    }

    [Fact]
    public async Task Messages_of_mixed_sizes_are_sent_in_order()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        QueueMessage[] messages =
        [
            .. Enumerable.Range(0, 60).Select(index => new QueueMessage(Id(index), "main", new string('a', index % 7 * 20_000))),
        ];

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, messages, Cancellation);

        serviceBus.Requests.Max(request => request.Body.Length).ShouldBeLessThan(MaxRequestBytes);
        serviceBus.Requests.SelectMany(SentMessage.Read).Select(message => message.MessageId)
            .ShouldBe(messages.Select(message => message.MessageId));
    }

    [Fact]
    public async Task Small_messages_share_a_request()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, Messages(100, "{}"), Cancellation);

        SentMessage.Read(serviceBus.Requests.ShouldHaveSingleItem()).Count.ShouldBe(100);
    }

    [Fact]
    public async Task Message_that_is_too_large_for_company_goes_alone()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        QueueMessage[] messages = [new("0", "main", "{}"), new("1", "main", new string('a', 240_000)), new("2", "main", "{}")];

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, messages, Cancellation);

        serviceBus.Requests.Select(request => SentMessage.Read(request).Count).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task Nothing_is_sent_when_there_are_no_messages()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, [], Cancellation);

        serviceBus.Requests.ShouldBeEmpty();
        serviceBus.Credential.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Send_fails_and_stops_when_a_later_request_is_refused()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers(LoopbackAnswer.Status(201), LoopbackAnswer.Status(403));

        await Should.ThrowAsync<QueueUnavailableException>(
            serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, Messages(500, "{}"), Cancellation));

        serviceBus.Requests.Count.ShouldBe(2);
    }

    private static QueueMessage[] Messages(int count, string body) =>
        [.. Enumerable.Range(0, count).Select(index => new QueueMessage(Id(index), "main", body))];

    // As long as an id may be.
    private static string Id(int index) => index.ToString(CultureInfo.InvariantCulture).PadLeft(128, '0');
}
