using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

public sealed class ServiceBusAnswerTests
{
    private const string Body = """{"customer":"somebody@example.com"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, "ServiceBusConnection__fullyQualifiedNamespace")]
    [InlineData(401, "AZURE_CLIENT_ID")]
    [InlineData(401, "Azure Service Bus Data Sender")]
    [InlineData(403, "Azure Service Bus Data Sender")]
    [InlineData(403, "make room")]
    [InlineData(404, "create it")]
    [InlineData(410, "create it")]
    [InlineData(429, "tier")]
    [InlineData(500, "health")]
    [InlineData(503, "health")]
    [InlineData(200, "ServiceBusConnection__fullyQualifiedNamespace")]
    public async Task Refusal_says_which_queue_what_it_answered_and_what_to_do(int status, string whatToDo)
    {
        var exception = await RefusedAsync(status);

        exception.Message.ShouldContain(QueueNames.DeadLetterRejected);
        exception.Message.ShouldContain($"{status}");
        exception.Message.ShouldContain(whatToDo);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Refusal_holds_nothing_of_the_message_and_no_token(int status)
    {
        var text = (await RefusedAsync(status)).ToString();

        text.ShouldNotContain("somebody");
        text.ShouldNotContain("an-id");
        text.ShouldNotContain(CountingCredential.Token);
    }

    private static async Task<QueueUnavailableException> RefusedAsync(int status)
    {
        await using var serviceBus = await LoopbackServiceBus.StartAsync();
        serviceBus.Answers([.. Enumerable.Repeat(LoopbackAnswer.Status(status), 3)]);
        return await Should.ThrowAsync<QueueUnavailableException>(
            serviceBus.CreateQueue().SendAsync(QueueNames.DeadLetterRejected, [new QueueMessage("an-id", "main", Body)], Cancellation));
    }
}
