using System.Globalization;
using System.Text.Json;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusRequestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_posts_to_the_messages_of_the_queue()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await serviceBus.CreateQueue().SendAsync("dead-letter-throttled", [new QueueMessage("1", "main", "{}")], Cancellation);

        var request = serviceBus.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Host.ShouldBe(LoopbackServiceBus.HostName);
        request.Target.ShouldBe("/dead-letter-throttled/messages");
        request.Headers["Content-Type"].ShouldBe("application/vnd.microsoft.servicebus.json");
    }

    [Fact]
    public async Task Send_carries_a_token_for_service_bus_and_asks_for_it_once()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        var queue = serviceBus.CreateQueue();

        await queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("1", "main", "{}")], Cancellation);
        await queue.SendAsync(QueueNames.ConversationEvents, [new QueueMessage("2", "main", "{}")], Cancellation);

        serviceBus.Requests.Select(request => request.Headers["Authorization"])
            .ShouldBe([$"Bearer {CountingCredential.Token}", $"Bearer {CountingCredential.Token}"]);
        serviceBus.Credential.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Message_has_its_id_and_session_and_no_enqueue_time_when_it_is_due_at_once()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, [new QueueMessage("an-id", "main", """{"version":1}""")], Cancellation);

        var message = SentMessage.Read(serviceBus.Requests.Single()).ShouldHaveSingleItem();
        message.Body.ShouldBe("""{"version":1}""");
        message.BrokerProperties.ShouldBe(
            new Dictionary<string, string> { ["MessageId"] = "an-id", ["SessionId"] = "main", ["ContentType"] = "application/json" },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("2026-11-21T10:00:00+00:00", "Sat, 21 Nov 2026 10:00:00 GMT")]
    [InlineData("2026-11-21T23:30:00-05:30", "Sun, 22 Nov 2026 05:00:00 GMT")]
    public async Task Message_has_its_enqueue_time_in_gmt_when_it_is_due_later(string notBefore, string expected)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        var message = new QueueMessage("1", "main", "{}", DateTimeOffset.Parse(notBefore, CultureInfo.InvariantCulture));

        await serviceBus.CreateQueue().SendAsync(QueueNames.DeadLetterThrottled, [message], Cancellation);

        SentMessage.Read(serviceBus.Requests.Single()).Single().BrokerProperties["ScheduledEnqueueTimeUtc"].ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"quote":"\"","backslash":"\\","slash":"/","html":"<a href='x'>&amp;</a>"}""")]
    [InlineData("line one\nline two\r\n\ttab \u0001 \u007f \u2028 end")]
    [InlineData("Grüße, 日本語, עברית, e\u0301, \ufeff")]
    [InlineData("👩‍👩‍👧‍👦 🏳️‍🌈 𝒳 🇨🇭")]
    [InlineData("not JSON at all")]
    [InlineData("")]
    public async Task Body_arrives_unchanged(string body)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, [new QueueMessage("1", "main", body)], Cancellation);

        SentMessage.Read(serviceBus.Requests.Single()).Single().Body.ShouldBe(body);
    }

    [Fact]
    public async Task Body_is_a_string_and_not_nested_json()
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();

        await serviceBus.CreateQueue().SendAsync(QueueNames.ConversationEvents, [new QueueMessage("1", "main", """{"a":[1]}""")], Cancellation);

        using var json = JsonDocument.Parse(serviceBus.Requests.Single().Body);
        json.RootElement[0].GetProperty("Body").ValueKind.ShouldBe(JsonValueKind.String);
    }
}
